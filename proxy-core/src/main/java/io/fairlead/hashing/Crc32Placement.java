package io.fairlead.hashing;

/** By 31 bits of CRC-32, modulo the number of servers; not as php-memcache or libmemcached do. */
final class Crc32Placement implements Placement {
  private final SaltedKey salted;
  private final int servers;

  Crc32Placement(byte[] salt, int servers) {
    this.salted = new SaltedKey(salt);
    this.servers = servers;
  }

  @Override
  public long hash(byte[] key, int from, int length) {
    salted.set(key, from, length);
    return Integer.toUnsignedLong(Crc.of32(salted.bytes(), salted.from(), salted.length()));
  }

  @Override
  public int serverOf(long hash, byte[] key, int from, int length) {
    return servers == 0 ? -1 : ((int) hash & Integer.MAX_VALUE) % servers;
  }
}
