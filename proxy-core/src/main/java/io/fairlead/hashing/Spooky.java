package io.fairlead.hashing;

import java.util.Arrays;

/**
 * Bob Jenkins' SpookyHash V2, of which the first 64 bits are used or the low 32 of those.
 *
 * <p>Its rounds are one step with another rotation each, so they are loops over the rotations here.
 * The words that are mixed are kept between calls: an instance belongs to one thread.
 */
public final class Spooky {
  private static final long FILLER = 0xdeadbeefdeadbeefL;
  private static final int WORDS = 12;
  private static final int BLOCK_BYTES = WORDS * Long.BYTES;

  /** Shorter input than two blocks is mixed in four words, longer in twelve. */
  private static final int SHORT_BYTES = 2 * BLOCK_BYTES;

  private static final int HALF_CHUNK = 16;
  private static final int CHUNK = 32;

  private static final int[] SHORT_MIX = {50, 52, 30, 41, 54, 48, 38, 37, 62, 34, 5, 36};
  private static final int[] SHORT_END = {15, 52, 26, 51, 28, 9, 47, 54, 32, 25, 63};
  private static final int[] LONG_MIX = {11, 32, 43, 31, 17, 28, 39, 57, 55, 54, 22, 46};
  private static final int[] LONG_END = {44, 15, 34, 21, 38, 33, 10, 13, 38, 53, 42, 54};

  private final long[] words = new long[WORDS];
  private final byte[] lastBlock = new byte[BLOCK_BYTES];

  /** The low half of {@link #hash64}, to be read as unsigned; so is the seed. */
  public int hash32(byte[] bytes, int from, int length, int seed) {
    return (int) hash64(bytes, from, length, Integer.toUnsignedLong(seed));
  }

  /** The hash of {@code length} bytes from {@code from} on, to be read as unsigned. */
  public long hash64(byte[] bytes, int from, int length, long seed) {
    if (length < SHORT_BYTES) {
      ofShort(bytes, from, length, seed);
    } else {
      ofLong(bytes, from, length, seed);
    }
    return words[0];
  }

  private void ofShort(byte[] bytes, int from, int length, long seed) {
    words[0] = seed;
    words[1] = seed;
    words[2] = FILLER;
    words[3] = FILLER;
    int end = from + length;
    int at = from;
    for (; end - at >= CHUNK; at += CHUNK) {
      mixShort(bytes, at);
      words[0] += LittleEndian.longAt(bytes, at + 16);
      words[1] += LittleEndian.longAt(bytes, at + 24);
    }
    if (end - at >= HALF_CHUNK) {
      mixShort(bytes, at);
      at += HALF_CHUNK;
    }
    words[3] += (long) length << 56;
    if (at == end) {
      words[2] += FILLER;
      words[3] += FILLER;
    } else {
      words[2] += LittleEndian.longAt(bytes, at, end);
      words[3] += LittleEndian.longAt(bytes, at + Long.BYTES, end);
    }
    endShort();
  }

  private void mixShort(byte[] bytes, int at) {
    words[2] += LittleEndian.longAt(bytes, at);
    words[3] += LittleEndian.longAt(bytes, at + Long.BYTES);
    for (int i = 0; i < SHORT_MIX.length; i++) {
      int turned = (i + 2) & 3;
      words[turned] = Long.rotateLeft(words[turned], SHORT_MIX[i]) + words[(i + 3) & 3];
      words[i & 3] ^= words[turned];
    }
  }

  private void endShort() {
    for (int i = 0; i < SHORT_END.length; i++) {
      int turned = (i + 2) & 3;
      int next = (i + 3) & 3;
      words[next] ^= words[turned];
      words[turned] = Long.rotateLeft(words[turned], SHORT_END[i]);
      words[next] += words[turned];
    }
  }

  private void ofLong(byte[] bytes, int from, int length, long seed) {
    for (int i = 0; i < WORDS; i += 3) {
      words[i] = seed;
      words[i + 1] = seed;
      words[i + 2] = FILLER;
    }
    int at = from;
    for (int end = from + length; end - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
      mixLong(bytes, at);
    }
    int rest = from + length - at;
    System.arraycopy(bytes, at, lastBlock, 0, rest);
    Arrays.fill(lastBlock, rest, BLOCK_BYTES, (byte) 0);
    lastBlock[BLOCK_BYTES - 1] = (byte) rest;
    endLong();
  }

  private void mixLong(byte[] bytes, int at) {
    for (int i = 0; i < WORDS; i++) {
      int before = (i + 11) % WORDS;
      words[i] += LittleEndian.longAt(bytes, at + i * Long.BYTES);
      words[(i + 2) % WORDS] ^= words[(i + 10) % WORDS];
      words[before] ^= words[i];
      words[i] = Long.rotateLeft(words[i], LONG_MIX[i]);
      words[before] += words[(i + 1) % WORDS];
    }
  }

  private void endLong() {
    for (int i = 0; i < WORDS; i++) {
      words[i] += LittleEndian.longAt(lastBlock, i * Long.BYTES);
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < WORDS; i++) {
        int before = (i + 11) % WORDS;
        int turned = (i + 1) % WORDS;
        words[before] += words[turned];
        words[(i + 2) % WORDS] ^= words[before];
        words[turned] = Long.rotateLeft(words[turned], LONG_END[i]);
      }
    }
  }
}
