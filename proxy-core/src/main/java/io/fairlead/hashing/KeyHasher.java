package io.fairlead.hashing;

import org.jspecify.annotations.Nullable;

/** Turns keys into the numbers that are looked up: a hash of the part of a key that counts. */
public final class KeyHasher {
  private final KeyHash hash;
  private final KeyBytes bytes;
  private final @Nullable HashTag tag;

  public KeyHasher(KeyHash hash, KeyBytes bytes, @Nullable HashTag tag) {
    this.hash = hash;
    this.bytes = bytes;
    this.tag = tag;
  }

  /** The hash of the key in the first {@code length} bytes, at least one. */
  public int hash(byte[] key, int length) {
    HashTag delimiters = tag;
    if (delimiters == null) {
      return hash.hash(key, 0, length, bytes);
    }
    long range = delimiters.rangeOf(key, 0, length);
    return hash.hash(key, HashTag.startOf(range), HashTag.lengthOf(range), bytes);
  }
}
