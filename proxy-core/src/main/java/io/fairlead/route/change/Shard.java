package io.fairlead.route.change;

/** The id of a shard in a key {@code prefix:shard:rest}: what is between its first two colons. */
final class Shard {
  private Shard() {}

  /** Where it begins; the key has one. */
  static int start(byte[] key, int length) {
    return colon(key, 0, length) + 1;
  }

  /** Where it ends; -1 when the key has none. */
  static int end(byte[] key, int length) {
    int first = colon(key, 0, length);
    int second = first < 0 ? -1 : colon(key, first + 1, length);
    return second > first + 1 ? second : -1;
  }

  private static int colon(byte[] key, int from, int length) {
    for (int i = from; i < length; i++) {
      if (key[i] == ':') {
        return i;
      }
    }
    return -1;
  }
}
