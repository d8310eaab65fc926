package io.fairlead.hashing;

/**
 * What a key hash takes the bytes above 0x7f for, which makes a difference to those that add or xor
 * single bytes; keys of ASCII alone have the same place either way.
 */
public enum KeyBytes {
  /** As twemproxy on x86-64, where a {@code char} of C is signed: 0xff is -1. */
  SIGNED(-1),

  /** As twemproxy on arm64: 0xff is 255. */
  UNSIGNED(0xff);

  private final int mask;

  KeyBytes(int mask) {
    this.mask = mask;
  }

  /** What the sign-extended byte is masked with. */
  int mask() {
    return mask;
  }
}
