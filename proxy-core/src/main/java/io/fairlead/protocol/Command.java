package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request line that was parsed: numbers by value, key and flags by their place in the buffer.
 *
 * <p>Scratch space: a parser fills it again for the next request, and its places are good only
 * until the buffer changes.
 */
public final class Command {
  /** The verb; meaningless when {@link #error} is set by a line that names none. */
  Verb verb = Verb.GET;

  int lineEnd;
  int keyFrom;
  int keyLength;
  int flags;
  int expiry;
  int valueLength;
  long number;
  boolean hasNumber;
  boolean noreply;
  int argumentsFrom;
  int argumentsTo;
  @Nullable ErrorReply error;
  boolean closes;

  /** Keys of a retrieval. */
  int keys;

  /** Whether the error is a key that is too long. */
  boolean longKey;

  final MetaFlags meta = new MetaFlags();

  private final byte[] decoded = new byte[Ascii.MAX_KEY_BYTES];
  private int decodedLength;

  /** The key as it is written to a server when it is not the one in the buffer; else null. */
  private byte @Nullable [] otherKey;

  private byte @Nullable [] encoded;
  private @Nullable MetaExpiry otherExpiry;
  private boolean changesExpiry;

  void clear() {
    error = null;
    closes = false;
    longKey = false;
    noreply = false;
    hasNumber = false;
    valueLength = -1;
    keyLength = 0;
    decodedLength = 0;
    otherKey = null;
    changesExpiry = false;
  }

  /**
   * Makes this the same request as {@code other}, of which it may then be given another key or
   * another expiry. Its places are in the same buffer, and as long good.
   */
  public void copies(Command other) {
    verb = other.verb;
    lineEnd = other.lineEnd;
    keyFrom = other.keyFrom;
    keyLength = other.keyLength;
    flags = other.flags;
    expiry = other.expiry;
    valueLength = other.valueLength;
    number = other.number;
    hasNumber = other.hasNumber;
    noreply = other.noreply;
    argumentsFrom = other.argumentsFrom;
    argumentsTo = other.argumentsTo;
    error = other.error;
    closes = other.closes;
    meta.copies(other.meta);
    decodedLength = other.decodedLength;
    System.arraycopy(other.decoded, 0, decoded, 0, decodedLength);
    otherKey = null;
    if (other.otherKey != null) {
      writesOtherKey();
    }
    changesExpiry = other.changesExpiry;
    if (other.otherExpiry != null && changesExpiry) {
      metaExpiry().copies(other.otherExpiry);
    }
  }

  /** Gives this another key; false, and nothing is changed, when no key may be like that. */
  public boolean rekey(byte[] key, int from, int length) {
    if (!mayBeKey(key, from, length)) {
      return false;
    }
    System.arraycopy(key, from, decoded, 0, length);
    decodedLength = length;
    writesOtherKey();
    return true;
  }

  private boolean mayBeKey(byte[] key, int from, int length) {
    if (hasBase64Key()) {
      return length > 0 && Base64Key.encodedLength(length) <= Ascii.MAX_KEY_BYTES;
    }
    return Ascii.isKey(key, from, length);
  }

  private boolean hasBase64Key() {
    return isMeta() && meta.has('b');
  }

  private void writesOtherKey() {
    if (!hasBase64Key()) {
      otherKey = decoded;
      keyLength = decodedLength;
      return;
    }
    byte[] text = encoded == null ? new byte[Ascii.MAX_KEY_BYTES] : encoded;
    keyLength = Base64Key.encode(decoded, decodedLength, text);
    encoded = text;
    otherKey = text;
  }

  /** Appends the key as it is on the wire, in base64 if it came like that. */
  void writeKey(ByteBuf out, ByteBuf in) {
    byte[] other = otherKey;
    if (other == null) {
      out.writeBytes(in, keyFrom, keyLength);
    } else {
      out.writeBytes(other, 0, keyLength);
    }
  }

  /**
   * Copies the key as it is on the wire, in base64 if it came like that.
   *
   * @return the number of its bytes
   */
  public int copyWrittenKey(ByteBuf in, byte[] target) {
    byte[] other = otherKey;
    if (other == null) {
      in.getBytes(keyFrom, target, 0, keyLength);
    } else {
      System.arraycopy(other, 0, target, 0, keyLength);
    }
    return keyLength;
  }

  /** Changes the expiry, if this has one; a meta command may have two. */
  public void changeExpiry(ByteBuf in, IntUnaryOperator change) {
    switch (verb.form()) {
      case STORAGE, TOUCH -> expiry = change.applyAsInt(expiry);
      case META -> {
        MetaExpiry present = metaExpiry();
        if (!changesExpiry) {
          present.read(this, in);
        }
        present.change(change);
        changesExpiry = true;
      }
      default -> {}
    }
  }

  /** The expiry that a meta command has been given; {@code otherwise} when none was. */
  public int changedExpiryOr(int otherwise) {
    MetaExpiry changed = changesExpiry ? otherExpiry : null;
    return changed == null ? otherwise : changed.ttlOr(otherwise);
  }

  private MetaExpiry metaExpiry() {
    MetaExpiry present = otherExpiry;
    if (present == null) {
      present = otherExpiry = new MetaExpiry();
    }
    return present;
  }

  /** Appends the flags of a meta command as a server is to see them, but two, given by letter. */
  void writeFlags(ByteBuf out, ByteBuf in, char one, char other) {
    long without = MetaFlags.letter('q') | MetaFlags.letter(one) | MetaFlags.letter(other);
    MetaExpiry changed = changesExpiry ? otherExpiry : null;
    long replaced = changed == null ? 0 : changed.letters();
    MetaFlags.writeBut(without | replaced, out, in, argumentsFrom, argumentsTo);
    if (changed != null) {
      changed.write(out);
    }
  }

  public boolean isMeta() {
    return verb.form() == Verb.Form.META;
  }

  /** Whether the key begins with a byte. */
  public boolean keyBeginsWith(byte first, ByteBuf in) {
    byte begin = decodedLength > 0 ? decoded[0] : in.getByte(keyFrom);
    return begin == first;
  }

  /** Whether the key, decoded if it came in base64, begins with some bytes. */
  public boolean keyBeginsWith(byte[] prefix, ByteBuf in) {
    if (decodedLength == 0) {
      return beginsWith(prefix, in, keyFrom, keyLength);
    }
    return decodedLength >= prefix.length
        && Arrays.equals(decoded, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Whether so many bytes of {@code in} begin with those of a prefix. */
  public static boolean beginsWith(byte[] prefix, ByteBuf in, int from, int length) {
    if (length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (in.getByte(from + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the reply may repeat the key. */
  public boolean asksForKey() {
    return verb == Verb.ME || (isMeta() && meta.has('k'));
  }

  /** Notes where the key is; false when no key may be like that. */
  boolean keyAt(ByteBuf in, int from, int to) {
    keyFrom = from;
    keyLength = to - from;
    if (keyLength > Ascii.MAX_KEY_BYTES) {
      longKey = true;
      return false;
    }
    return Words.keyEnd(in, from, to) == to;
  }

  /** Decodes a base64 key; false when it is none. What is written is the usual text for it. */
  boolean decodeKey(ByteBuf in) {
    decodedLength = Base64Key.decode(in, keyFrom, keyLength, decoded);
    if (decodedLength <= 0) {
      return false;
    }
    if (!Base64Key.isCanonical(in, keyFrom, keyLength)) {
      writesOtherKey();
    }
    return true;
  }

  /**
   * Copies the bytes that decide where the request goes: the key, decoded if it came in base64, so
   * that both spellings of a key land on one server.
   *
   * @return their number
   */
  public int copyKey(ByteBuf in, byte[] target) {
    if (decodedLength > 0) {
      System.arraycopy(decoded, 0, target, 0, decodedLength);
      return decodedLength;
    }
    in.getBytes(keyFrom, target, 0, keyLength);
    return keyLength;
  }

  public Verb verb() {
    return verb;
  }

  /** The index after the line's end, where a value begins if one follows. */
  public int lineEnd() {
    return lineEnd;
  }

  public int keyFrom() {
    return keyFrom;
  }

  public int keyLength() {
    return keyLength;
  }

  public int flags() {
    return flags;
  }

  /** The expiry time of a storage command, touch, gat; the delay of flush_all. */
  public int expiry() {
    return expiry;
  }

  /** The announced length of the value that follows; -1 when none does. */
  public int valueLength() {
    return valueLength;
  }

  /** The delta of incr and decr, or the cas unique. */
  public long number() {
    return number;
  }

  /** Whether flush_all has a delay. */
  public boolean hasNumber() {
    return hasNumber;
  }

  /** Whether the client wants no reply: noreply, or nothing but bad news with meta's q. */
  public boolean isNoreply() {
    return noreply;
  }

  /** Whether the client is told nothing at all, not even of errors: classic noreply. */
  public boolean isSilent() {
    return noreply && verb.form() != Verb.Form.META;
  }

  /** Whether this stores a value whatever is there: set, and ms in its usual mode. */
  public boolean replacesAnyValue() {
    boolean usualMode = meta.mode() == 0 || meta.mode() == 'S';
    return verb == Verb.SET || (verb == Verb.MS && usualMode);
  }

  /** Whether this may change what is stored. */
  public boolean writes() {
    return verb != Verb.ME && (verb != Verb.MG || meta.changesItem());
  }

  /** Where the rest of the line begins that has no meaning for routing. */
  public int argumentsFrom() {
    return argumentsFrom;
  }

  public int argumentsTo() {
    return argumentsTo;
  }

  /** The flags of a meta command. */
  public MetaFlags meta() {
    return meta;
  }

  /** How many keys a good retrieval has. */
  public int keys() {
    return keys;
  }

  /** Whether the request is refused for a key of more than 250 bytes. */
  public boolean hasLongKey() {
    return longKey;
  }

  /** What the client is answered instead of being served; null when the request is good. */
  public @Nullable ErrorReply error() {
    return error;
  }

  /** Whether the connection ends after this request, because the next one cannot be found. */
  public boolean closes() {
    return closes;
  }
}
