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
  private MetaEcho() {}

  /**
   * Notes what the reply to the request at a place of {@code in}, which is borrowed, will repeat.
   */
  static void expect(Exchange exchange, ReplyShape shape, ByteBuf in, int from) {
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
        exchange.keyIsCoded = true;
      } else if (flag == 'O') {
        exchange.repeatsOpaque(in, at + 2, end - at - 2);
      }
      at = end;
    }
    if (hasKey) {
      exchange.repeatsKey(in, keyFrom, keyEnd - keyFrom);
    }
  }

  /** Whether a reply line repeats nothing but what its request had. */
  static boolean fits(Exchange exchange, ReplyCode code, ByteBuf in, int from, int end) {
    if (exchange.shape == ReplyShape.ME) {
      int keyFrom = from + 3;
      return code != ReplyCode.ME || fitsKey(exchange, in, keyFrom, tokenEnd(in, keyFrom));
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
            case 'k' -> fitsKey(exchange, in, at + 2, next);
            case 'O' -> exchange.hasOpaque(in, at + 2, next - at - 2);
            default -> true;
          };
      if (!fits) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private static boolean fitsKey(Exchange exchange, ByteBuf in, int from, int end) {
    return exchange.hasKey(in, from, end - from) || fitsOtherwise(exchange, in, from, end);
  }

  /** The key is told as the item was stored, coded or plain, however it was asked for. */
  private static boolean fitsOtherwise(Exchange exchange, ByteBuf in, int from, int end) {
    byte[] key = Arrays.copyOf(exchange.key(), exchange.keyLength());
    byte[] told = new byte[end - from];
    in.getBytes(from, told);
    return key.length > 0
        && Arrays.equals(
            exchange.keyIsCoded ? Base64.getDecoder().decode(key) : Base64.getEncoder().encode(key),
            told);
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
