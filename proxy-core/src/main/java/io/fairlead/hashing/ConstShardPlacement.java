package io.fairlead.hashing;

/**
 * By the index that the key itself names between its first two colons, as {@code 3} in {@code
 * user:3:name}; by {@link Ch3} where that is no number below the number of servers.
 */
final class ConstShardPlacement implements Placement {
  private final SaltedKey salted;
  private final int servers;
  private final Ch3 ch3;

  ConstShardPlacement(byte[] salt, int servers) {
    this.salted = new SaltedKey(salt);
    this.servers = servers;
    this.ch3 = new Ch3(servers);
  }

  @Override
  public long hash(byte[] key, int from, int length) {
    salted.set(key, from, length);
    return salted.murmur64(Murmur64.SEED);
  }

  @Override
  public int serverOf(long hash, byte[] key, int from, int length) {
    if (servers < 2) {
      return servers - 1;
    }
    salted.set(key, from, length);
    int named = namedShard(salted.bytes(), salted.from(), salted.from() + salted.length());
    return named < 0 ? ch3.indexOf(hash) : named;
  }

  /** The index that the bytes up to {@code end} name; -1 when they name none. */
  private int namedShard(byte[] bytes, int from, int end) {
    int start = afterColon(bytes, from, end);
    int stop = afterColon(bytes, start, end) - 1;
    return stop > start && bytes[stop] == ':' ? number(bytes, start, stop) : -1;
  }

  /** Where the first colon ends, or {@code end} when there is none. */
  private static int afterColon(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i++] != ':') {}
    return i;
  }

  private int number(byte[] bytes, int start, int stop) {
    int number = 0;
    for (int i = start; i < stop; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      // Once too large it stays so, and there may be more digits than a number holds.
      number = Math.min(10 * number + digit, servers);
    }
    return number < servers ? number : -1;
  }
}
