package io.fairlead.hashing;

/**
 * The bytes that a placement of mcrouter hashes: the part of a key before the hash stop, then a
 * salt. They lie where the key lies until something is put behind them.
 */
final class SaltedKey {
  private static final int USUAL_BYTES = 256;
  private static final int LONGEST_NUMBER = 10;

  private final byte[] salt;
  private byte[] copy = new byte[USUAL_BYTES];

  private byte[] bytes = copy;
  private int from;
  private int length;
  private boolean copied;

  SaltedKey(byte[] salt) {
    this.salt = salt;
  }

  /** Makes these the bytes of a key, which is borrowed until the next call. */
  void set(byte[] key, int keyFrom, int keyLength) {
    bytes = key;
    from = keyFrom;
    copied = false;
    length = RoutingKey.hashedLength(key, keyFrom, keyLength);
    if (salt.length > 0) {
      makeRoom(salt.length);
      System.arraycopy(salt, 0, copy, length, salt.length);
      length += salt.length;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int length() {
    return length;
  }

  /** Cuts these bytes to the first {@code newLength}, as many as there were before something. */
  void cutTo(int newLength) {
    length = newLength;
  }

  /** Appends the decimal digits of a number that is not negative, the last one first. */
  void appendReversed(int number) {
    makeRoom(LONGEST_NUMBER);
    int rest = number;
    do {
      copy[length++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
  }

  /** Appends a number that is not negative in decimal. */
  void append(int number) {
    int start = length;
    appendReversed(number);
    for (int i = start, j = length - 1; i < j; i++, j--) {
      byte digit = copy[i];
      copy[i] = copy[j];
      copy[j] = digit;
    }
  }

  long murmur64(long seed) {
    return Murmur64.of(bytes, from, length, seed);
  }

  /** Moves to the copy, with room for so many bytes more. */
  private void makeRoom(int more) {
    boolean fits = length + more <= copy.length;
    if (fits && copied) {
      return;
    }
    if (!fits) {
      copy = new byte[2 * (length + more)];
    }
    System.arraycopy(bytes, from, copy, 0, length);
    bytes = copy;
    from = 0;
    copied = true;
  }
}
