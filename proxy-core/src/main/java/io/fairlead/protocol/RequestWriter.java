package io.fairlead.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes requests for servers from parsed fields, so that nothing reaches a server as it was
 * received.
 *
 * <p>{@code noreply} and {@code q} are never written: every forwarded request has exactly one
 * reply.
 */
public final class RequestWriter {
  private static final byte[] VERSION = "version\r\n".getBytes(US_ASCII);
  private static final byte[] BASE64_FLAG = " b\r\n".getBytes(US_ASCII);
  private static final byte[] ADD_FLAGS = " ME F".getBytes(US_ASCII);
  private static final int CR_LF = '\r' << 8 | '\n';

  /** Room for a line without its key and flags. */
  private static final int LINE_ROOM = 128;

  private RequestWriter() {}

  /**
   * Begins a multi-get: the verb, and the expiry where it has one. Keys follow, then the line end.
   */
  public static void beginGet(ByteBuf out, Verb verb, int expiry) {
    out.writeBytes(verb.word());
    if (verb.touches()) {
      out.writeByte(' ');
      Ascii.writeSigned(out, expiry);
    }
  }

  /** Appends one more key to a multi-get. */
  public static void key(ByteBuf out, byte[] key, int length) {
    out.ensureWritable(length + 1);
    out.writeByte(' ');
    Words.write(out, key, length);
  }

  public static void endLine(ByteBuf out) {
    out.writeShort(CR_LF);
  }

  /**
   * The line of a command other than a retrieval, without the value.
   *
   * @param in borrowed, the buffer that the command was parsed from
   */
  public static void line(ByteBuf out, Command command, ByteBuf in) {
    line(out, command.verb, command, in);
  }

  private static void line(ByteBuf out, Verb verb, Command command, ByteBuf in) {
    out.ensureWritable(LINE_ROOM + command.keyLength);
    out.writeBytes(verb.word());
    if (command.keyLength > 0) {
      out.writeByte(' ');
      command.writeKey(out, in);
    }
    switch (command.verb.form()) {
      case STORAGE -> storageFields(out, command, verb);
      case ARITHMETIC -> {
        out.writeByte(' ');
        Ascii.writeUnsigned(out, command.number);
      }
      case TOUCH -> expiry(out, command);
      case FLUSH -> {
        if (command.hasNumber) {
          expiry(out, command);
        }
      }
      case META -> metaFields(out, command, in);
      default -> {}
    }
    endLine(out);
  }

  private static void storageFields(ByteBuf out, Command command, Verb verb) {
    out.writeByte(' ');
    Ascii.writeUnsigned(out, Integer.toUnsignedLong(command.flags));
    expiry(out, command);
    out.writeByte(' ');
    Ascii.writeUnsigned(out, command.valueLength);
    if (verb == Verb.CAS) {
      out.writeByte(' ');
      Ascii.writeUnsigned(out, command.number);
    }
  }

  private static void expiry(ByteBuf out, Command command) {
    out.writeByte(' ');
    Ascii.writeSigned(out, command.expiry);
  }

  private static void metaFields(ByteBuf out, Command command, ByteBuf in) {
    if (command.verb == Verb.MS) {
      out.writeByte(' ');
      Ascii.writeUnsigned(out, command.valueLength);
    }
    command.writeFlags(out, in, 'q', 'q');
  }

  /**
   * The line by which a replica follows the primary after a conditional store succeeded there: an
   * unconditional one.
   */
  public static void followingLine(ByteBuf out, Command command, ByteBuf in) {
    switch (command.verb) {
      case ADD, REPLACE, CAS -> line(out, Verb.SET, command, in);
      case MS -> {
        boolean appends = isAppend(command.meta.mode());
        out.ensureWritable(LINE_ROOM + command.keyLength);
        metaStart(out, command, in);
        out.writeByte(' ');
        Ascii.writeUnsigned(out, command.valueLength);
        command.writeFlags(out, in, 'C', appends ? 'C' : 'M');
        endLine(out);
      }
      case MD, MA -> {
        out.ensureWritable(LINE_ROOM + command.keyLength);
        metaStart(out, command, in);
        command.writeFlags(out, in, 'C', 'C');
        endLine(out);
      }
      default -> line(out, command, in);
    }
  }

  private static void metaStart(ByteBuf out, Command command, ByteBuf in) {
    out.writeBytes(command.verb.word());
    out.writeByte(' ');
    command.writeKey(out, in);
  }

  private static boolean isAppend(byte mode) {
    return switch (mode) {
      case 'A', 'a', 'P', 'p' -> true;
      default -> false;
    };
  }

  /** A touch of {@code key} that follows a get-and-touch elsewhere. */
  public static void touch(ByteBuf out, byte[] key, int length, int expiry) {
    out.writeBytes(Verb.TOUCH.word());
    key(out, key, length);
    out.writeByte(' ');
    Ascii.writeSigned(out, expiry);
    endLine(out);
  }

  /**
   * Removes the key of a refused or failed write, which must not leave an old value behind.
   *
   * @return the verb that was written, whose reply will come
   */
  public static Verb invalidation(ByteBuf out, Command command, ByteBuf in) {
    boolean base64 = command.verb.form() == Verb.Form.META && command.meta.has('b');
    Verb verb = base64 ? Verb.MD : Verb.DELETE;
    out.writeBytes(verb.word());
    out.writeByte(' ');
    command.writeKey(out, in);
    if (base64) {
      out.writeByte(' ');
      out.writeByte('b');
    }
    endLine(out);
    return verb;
  }

  /** Removes a key of any bytes; the reply is one of a delete, or of a meta delete. */
  public static void deletion(ByteBuf out, byte[] key) {
    deletion(out, key, key.length);
  }

  /**
   * Removes a key of any bytes.
   *
   * @return the verb that was written, whose reply will come
   */
  public static Verb deletion(ByteBuf out, byte[] key, int length) {
    if (!isPlain(key, length)) {
      metaStart(out, Verb.MD, key, length);
      out.writeBytes(BASE64_FLAG);
      return Verb.MD;
    }
    out.writeBytes(Verb.DELETE.word());
    key(out, key, length);
    endLine(out);
    return Verb.DELETE;
  }

  /**
   * A meta get of a key of any bytes.
   *
   * @param flags each with a space before it
   */
  public static void metaGet(ByteBuf out, byte[] key, int length, byte[] flags) {
    metaStart(out, Verb.MG, key, length);
    out.writeBytes(flags);
    endMeta(out, key, length);
  }

  /** The line of a meta store that adds a value to where none is; the value follows. */
  public static void metaAdd(
      ByteBuf out, byte[] key, int length, int valueLength, long flags, int expiry) {
    metaStart(out, Verb.MS, key, length);
    out.writeByte(' ');
    Ascii.writeUnsigned(out, valueLength);
    out.writeBytes(ADD_FLAGS);
    Ascii.writeUnsigned(out, flags);
    out.writeByte(' ').writeByte('T');
    Ascii.writeSigned(out, expiry);
    endMeta(out, key, length);
  }

  private static void metaStart(ByteBuf out, Verb verb, byte[] key, int length) {
    out.writeBytes(verb.word());
    if (isPlain(key, length)) {
      key(out, key, length);
    } else {
      byte[] base64 = Base64.getEncoder().encode(Arrays.copyOf(key, length));
      key(out, base64, base64.length);
    }
  }

  private static void endMeta(ByteBuf out, byte[] key, int length) {
    if (isPlain(key, length)) {
      endLine(out);
    } else {
      out.writeBytes(BASE64_FLAG);
    }
  }

  /** Whether the classic commands can say a key. */
  private static boolean isPlain(byte[] key, int length) {
    for (int i = 0; i < length; i++) {
      if (!Ascii.isKeyByte(key[i])) {
        return false;
      }
    }
    return true;
  }

  public static void version(ByteBuf out) {
    out.writeBytes(VERSION);
  }
}
