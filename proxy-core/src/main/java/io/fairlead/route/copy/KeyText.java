package io.fairlead.route.copy;

import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Request;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes requests about the key of another request, in base64 if that has it in base64. */
final class KeyText {
  private static final byte[] BASE64 = " b".getBytes(StandardCharsets.US_ASCII);

  private KeyText() {}

  /** Whether the key may hold bytes that the classic commands have no way to say. */
  static boolean isBase64(Request request) {
    return !request.isRetrieval() && isBase64(request.command());
  }

  private static boolean isBase64(Command command) {
    return command.verb().form() == Verb.Form.META && command.meta().has('b');
  }

  /** Begins {@code VERB KEY}. */
  private static void begin(ByteBuf out, byte[] verb, Request request) {
    out.writeBytes(verb).writeByte(' ');
    if (isBase64(request)) {
      Command command = request.command();
      out.writeBytes(request.bytes(), command.keyFrom(), command.keyLength());
    } else {
      out.writeBytes(request.key(), 0, request.keyLength());
    }
  }

  /**
   * A meta get with these flags.
   *
   * @param flags each with a space before it
   */
  static void metaGet(ByteBuf out, Request request, byte[] flags) {
    begin(out, Verb.MG.word(), request);
    if (isBase64(request)) {
      out.writeBytes(BASE64);
    }
    out.writeBytes(flags);
    RequestWriter.endLine(out);
  }

  /** A meta get with one flag more than the request has, which is a meta get. */
  static void withFlag(ByteBuf out, Request request, char flag) {
    Command command = request.command();
    ByteBuf in = request.bytes();
    int from = in.readerIndex();
    int lineEnd = command.argumentsTo();
    out.writeBytes(in, from, lineEnd - from);
    out.writeByte(' ').writeByte(flag);
    RequestWriter.endLine(out);
  }

  /** The line of a store; the value follows. */
  static void store(
      ByteBuf out, Request request, Verb verb, long flags, int expiry, int valueLength) {
    if (!isBase64(request)) {
      begin(out, verb.word(), request);
      out.writeByte(' ');
      Ascii.writeUnsigned(out, Math.max(flags, 0));
      out.writeByte(' ');
      Ascii.writeSigned(out, expiry);
      out.writeByte(' ');
      Ascii.writeUnsigned(out, valueLength);
    } else {
      begin(out, Verb.MS.word(), request);
      out.writeByte(' ');
      Ascii.writeUnsigned(out, valueLength);
      out.writeBytes(BASE64);
      out.writeByte(' ').writeByte('F');
      Ascii.writeUnsigned(out, Math.max(flags, 0));
      out.writeByte(' ').writeByte('T');
      Ascii.writeSigned(out, expiry);
      out.writeByte(' ').writeByte('M').writeByte(verb == Verb.ADD ? 'E' : 'S');
    }
    RequestWriter.endLine(out);
  }

  /** Gives the key another expiry. */
  static void touch(ByteBuf out, Request request, int expiry) {
    boolean base64 = isBase64(request);
    begin(out, base64 ? Verb.MG.word() : Verb.TOUCH.word(), request);
    if (base64) {
      out.writeBytes(BASE64).writeByte(' ').writeByte('T');
    } else {
      out.writeByte(' ');
    }
    Ascii.writeSigned(out, expiry);
    RequestWriter.endLine(out);
  }

  /** Removes the key. */
  static void delete(ByteBuf out, Request request) {
    boolean base64 = isBase64(request);
    begin(out, base64 ? Verb.MD.word() : Verb.DELETE.word(), request);
    if (base64) {
      out.writeBytes(BASE64);
    }
    RequestWriter.endLine(out);
  }
}
