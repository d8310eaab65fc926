package io.fairlead.route.copy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.protocol.HitLine;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is stored in place of a big value: the number of its pieces, and what their keys end in. The
 * form is mcrouter's.
 *
 * <pre>
 *   key         flags | 0x8000   1-3-2882343476
 *   key:0:2882343476 ... key:2:2882343476
 * </pre>
 *
 * @param pieces their number
 * @param suffix an unsigned number that no earlier value of the key is likely to have had
 */
record Index(int pieces, long suffix) {
  static final int FLAG = 0x8000;

  /** A value with more is not split, and an index with more is no index. */
  static final int MOST_PIECES = 1 << 16;

  /** Two colons, five digits, ten digits. */
  static final int LONGEST_SUFFIX = 17;

  private static final int LONGEST_TEXT = 32;
  private static final String VERSION = "1";

  static Index random(int pieces) {
    return new Index(pieces, Integer.toUnsignedLong(ThreadLocalRandom.current().nextInt()));
  }

  /** The index that a hit is; null when it is an ordinary value. */
  static @Nullable Index of(HitLine hit, ByteBuf in) {
    if (!hit.hasFlag(FLAG) || !hit.hasValue() || hit.valueLength() > LONGEST_TEXT) {
      return null;
    }
    String[] parts = in.toString(hit.end(), hit.valueLength(), US_ASCII).split("-", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      return null;
    }
    long pieces = number(parts[1]);
    long suffix = number(parts[2]);
    boolean good = pieces > 0 && pieces <= MOST_PIECES && suffix >= 0;
    return good ? new Index((int) pieces, suffix) : null;
  }

  private static long number(String digits) {
    return digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : -1;
  }

  /** The value that stands for the big one. */
  byte[] text() {
    return (VERSION + "-" + pieces + "-" + suffix).getBytes(US_ASCII);
  }

  /** The key of a piece. */
  byte[] keyOf(int piece, byte[] key, int keyLength) {
    byte[] end = (":" + piece + ":" + suffix).getBytes(US_ASCII);
    byte[] whole = new byte[keyLength + end.length];
    System.arraycopy(key, 0, whole, 0, keyLength);
    System.arraycopy(end, 0, whole, keyLength, end.length);
    return whole;
  }
}
