package io.fairlead.backend;

import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Base64;

/**
 * What the reply to a meta request repeats of it: the key when the request has the flag {@code k},
 * and its opaque.
 *
 * <p>It has to be what was sent. Anything else belongs to another request; or the server repeats
 * the bytes of a key that are coded in the request as they are, line ends included, and what
 * follows them would pass for the replies to others. memcached (1.6.18) does that after an append.
 */
final class MetaEcho {
  private static final int USUAL_BYTES = 64;

  private static final byte[] NOTHING = {};

  private byte[] key = NOTHING;
  private int keyLength;
  private byte[] opaque = NOTHING;
  private int opaqueLength;

  /** The request has its key in base64. */
  private boolean keyIsCoded;

  /**
   * Notes what the reply to the request at a place of {@code in}, which is borrowed, will repeat.
   */
  void expect(ReplyShape shape, ByteBuf in, int from) {
    keyLength = 0;
    opaqueLength = 0;
    keyIsCoded = false;
    int keyFrom = tokenEnd(in, from) + 1;
    int keyEnd = tokenEnd(in, keyFrom);
    boolean hasKey = shape == ReplyShape.ME;
    int at = keyEnd;
    while (in.getByte(at) == ' ') {
      int end = tokenEnd(in, at + 1);
      byte flag = in.getByte(at + 1);
      if (flag == 'k') {
        hasKey = true;
      } else if (flag == 'b') {
        keyIsCoded = true;
      } else if (flag == 'O') {
        opaqueLength = end - at - 2;
        opaque = copy(in, at + 2, opaqueLength, opaque);
      }
      at = end;
    }
    if (hasKey) {
      keyLength = keyEnd - keyFrom;
      key = copy(in, keyFrom, keyLength, key);
    }
  }

  private static byte[] copy(ByteBuf in, int from, int length, byte[] present) {
    byte[] to = length > present.length ? new byte[Math.max(length, USUAL_BYTES)] : present;
    in.getBytes(from, to, 0, length);
    return to;
  }

  /** Whether a reply line repeats nothing but what its request had. */
  boolean fits(ReplyShape shape, ReplyCode code, ByteBuf in, int from, int end) {
    if (shape == ReplyShape.ME) {
      int keyFrom = from + 3;
      return code != ReplyCode.ME || fitsKey(in, keyFrom, tokenEnd(in, keyFrom));
    }
    if (code.isError()) {
      return true;
    }
    int at = tokenEnd(in, from);
    while (at < end) {
      int next = tokenEnd(in, at + 1);
      byte flag = in.getByte(at + 1);
      boolean fits =
          switch (flag) {
            case 'k' -> fitsKey(in, at + 2, next);
            case 'O' -> isAt(in, at + 2, next, opaque, opaqueLength);
            default -> true;
          };
      if (!fits) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private boolean fitsKey(ByteBuf in, int from, int end) {
    return keyLength > 0 && (isAt(in, from, end, key, keyLength) || fitsOtherwise(in, from, end));
  }

  private static boolean isAt(ByteBuf in, int from, int end, byte[] bytes, int count) {
    if (end - from != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (in.getByte(from + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** The key is told as the item was stored, coded or plain, however it was asked for. */
  private boolean fitsOtherwise(ByteBuf in, int from, int end) {
    byte[] sent = Arrays.copyOf(key, keyLength);
    byte[] told = new byte[end - from];
    in.getBytes(from, told);
    return Arrays.equals(
        keyIsCoded ? Base64.getDecoder().decode(sent) : Base64.getEncoder().encode(sent), told);
  }

  /** The line is known to have an end. */
  private static int tokenEnd(ByteBuf in, int from) {
    int at = from;
    byte b = in.getByte(at);
    while (b != ' ' && b != '\r' && b != '\n') {
      b = in.getByte(++at);
    }
    return at;
  }
}
