package io.fairlead.hashing;

import java.util.Arrays;

/**
 * The MD5 digest (RFC 1321) as four words, the lowest byte of the digest first.
 *
 * <p>An own implementation, since no ketama ring can be built without MD5 while a Java runtime need
 * not offer it, and one in FIPS mode does not. One instance can be used again and again, by one
 * thread, and then allocates nothing.
 */
final class Md5 {
  private static final int BLOCK_BYTES = 64;
  private static final int[] SINES = new int[BLOCK_BYTES];
  private static final int[] SHIFTS = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

  /** For {@link #firstWord}: a hash of keys has no place of its own to keep the buffer in. */
  private static final ThreadLocal<Md5> OF_THREAD = ThreadLocal.withInitial(Md5::new);

  static {
    for (int i = 0; i < SINES.length; i++) {
      SINES[i] = (int) (long) (Math.abs(StrictMath.sin(i + 1)) * (1L << 32));
    }
  }

  private final byte[] lastBlocks = new byte[2 * BLOCK_BYTES];
  private int a;
  private int b;
  private int c;
  private int d;

  static int firstWord(byte[] data, int from, int length) {
    return OF_THREAD.get().digest(data, from, length).word(0);
  }

  /** Digests {@code length} bytes of {@code data}; the words are there until the next call. */
  Md5 digest(byte[] data, int from, int length) {
    a = 0x67452301;
    b = 0xefcdab89;
    c = 0x98badcfe;
    d = 0x10325476;
    int rest = from + (length & -BLOCK_BYTES);
    for (int at = from; at < rest; at += BLOCK_BYTES) {
      addBlock(data, at);
    }
    int end = pad(data, rest, from + length - rest, length);
    for (int at = 0; at < end; at += BLOCK_BYTES) {
      addBlock(lastBlocks, at);
    }
    return this;
  }

  /** The word {@code index}, 0 to 3, of the digest. */
  int word(int index) {
    return switch (index) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      case 3 -> d;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  /**
   * Copies what fills no block, a one bit, zeros and the length in bits; answers the bytes used.
   */
  private int pad(byte[] data, int from, int length, int total) {
    int end = length < BLOCK_BYTES - Long.BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES;
    System.arraycopy(data, from, lastBlocks, 0, length);
    lastBlocks[length] = (byte) 0x80;
    Arrays.fill(lastBlocks, length + 1, end, (byte) 0);
    LittleEndian.putInt(lastBlocks, end - 8, total << 3);
    LittleEndian.putInt(lastBlocks, end - 4, total >>> 29);
    return end;
  }

  private void addBlock(byte[] data, int at) {
    int w = a;
    int x = b;
    int y = c;
    int z = d;
    for (int i = 0; i < 64; i++) {
      int mixed;
      int word;
      switch (i >>> 4) {
        case 0 -> {
          mixed = (x & y) | (~x & z);
          word = i;
        }
        case 1 -> {
          mixed = (x & z) | (y & ~z);
          word = 5 * i + 1;
        }
        case 2 -> {
          mixed = x ^ y ^ z;
          word = 3 * i + 5;
        }
        default -> {
          mixed = y ^ (x | ~z);
          word = 7 * i;
        }
      }
      int sum = w + mixed + SINES[i] + LittleEndian.intAt(data, at + 4 * (word & 15));
      w = z;
      z = y;
      y = x;
      x += Integer.rotateLeft(sum, SHIFTS[(i >>> 4) * 4 + (i & 3)]);
    }
    a += w;
    b += x;
    c += y;
    d += z;
  }
}
