package io.fairlead.hashing;

/**
 * Cyclic redundancy checks over a table of 256 entries.
 *
 * <p>{@code java.util.zip.CRC32} is faster for long input but is an object per key, and keys are
 * short.
 */
final class Crc {
  private static final int[] TABLE_16 = new int[256];
  private static final int[] TABLE_32 = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc16 = i << 8;
      int crc32 = i;
      for (int bit = 0; bit < 8; bit++) {
        crc16 = (crc16 << 1) ^ ((crc16 & 0x8000) != 0 ? 0x1021 : 0);
        crc32 = (crc32 >>> 1) ^ ((crc32 & 1) != 0 ? 0xedb88320 : 0);
      }
      TABLE_16[i] = crc16 & 0xffff;
      TABLE_32[i] = crc32;
    }
  }

  private Crc() {}

  /**
   * CRC-16/XMODEM in a register of 32 bits that is never cut to 16, as twemproxy computes it:
   * {@code foo} gives 0x0c3caf96, whose low half is the CRC.
   */
  static int unmasked16(byte[] key, int from, int length) {
    int crc = 0;
    for (int i = from, end = from + length; i < end; i++) {
      crc = (crc << 8) ^ TABLE_16[((crc >>> 8) ^ key[i]) & 0xff];
    }
    return crc;
  }

  static int of32(byte[] key, int from, int length) {
    int crc = ~0;
    for (int i = from, end = from + length; i < end; i++) {
      crc = (crc >>> 8) ^ TABLE_32[(crc ^ key[i]) & 0xff];
    }
    return ~crc;
  }
}
