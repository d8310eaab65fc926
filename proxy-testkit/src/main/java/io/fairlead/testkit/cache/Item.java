package io.fairlead.testkit.cache;

/** A key with its value and everything memcached notes about it. */
final class Item {
  private static final int HEADER_BYTES = 48;
  private static final int CAS_BYTES = 8;
  private static final int FLAGS_BYTES = 4;
  private static final int LINE_END_BYTES = 2;

  final String key;

  /** Unsigned 32 bits. */
  final int flags;

  /** Whether the key came as base64 and has to go out as base64. */
  final boolean binaryKey;

  byte[] value;
  long cas;

  /** Seconds on the clock of the cache; 0 for never. */
  long expiry;

  long accessed;
  boolean fetched;
  boolean active;
  boolean stale;
  boolean tokenSent;

  Item(String key, int flags, byte[] value, long expiry, boolean binaryKey) {
    this.key = key;
    this.flags = flags;
    this.value = value;
    this.expiry = expiry;
    this.binaryKey = binaryKey;
  }

  int totalBytes() {
    return (int) totalBytes(key, flags, value.length);
  }

  /** What memcached needs for such an item on a 64-bit machine. */
  static long totalBytes(String key, int flags, long valueBytes) {
    int flagsBytes = flags == 0 ? 0 : FLAGS_BYTES;
    return HEADER_BYTES + key.length() + 1 + flagsBytes + valueBytes + LINE_END_BYTES + CAS_BYTES;
  }
}
