package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
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
  final MetaFlags meta = new MetaFlags();

  private final byte[] decoded = new byte[Ascii.MAX_KEY_BYTES];
  private int decodedLength;

  void clear() {
    error = null;
    closes = false;
    noreply = false;
    hasNumber = false;
    valueLength = -1;
    keyLength = 0;
    decodedLength = 0;
  }

  /** Notes where the key is; false when no key may be like that. */
  boolean keyAt(ByteBuf in, int from, int to) {
    keyFrom = from;
    keyLength = to - from;
    if (keyLength > Ascii.MAX_KEY_BYTES) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (!Ascii.isKeyByte(in.getByte(at))) {
        return false;
      }
    }
    return true;
  }

  /** Decodes a base64 key; false when it is none. */
  boolean decodeKey(ByteBuf in) {
    decodedLength = Base64Key.decode(in, keyFrom, keyLength, decoded);
    return decodedLength > 0;
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

  /** What the client is answered instead of being served; null when the request is good. */
  public @Nullable ErrorReply error() {
    return error;
  }

  /** Whether the connection ends after this request, because the next one cannot be found. */
  public boolean closes() {
    return closes;
  }
}
