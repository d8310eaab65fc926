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
    return hash(key, 0, length);
  }

  /** The hash of the key in {@code length} bytes, at least one, from {@code from} on. */
  public int hash(byte[] key, int from, int length) {
    HashTag delimiters = tag;
    if (delimiters == null) {
      return hash.hash(key, from, length, bytes);
    }
    long part = delimiters.rangeOf(key, from, length);
    return hash.hash(key, HashTag.startOf(part), HashTag.lengthOf(part), bytes);
  }

  /** The part of a key that is hashed, to be taken apart by {@link HashTag}. */
  public long partOf(byte[] key, int from, int length) {
    HashTag delimiters = tag;
    return delimiters == null ? HashTag.range(from, length) : delimiters.rangeOf(key, from, length);
  }
}
