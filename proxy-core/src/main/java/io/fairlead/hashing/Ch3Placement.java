package io.fairlead.hashing;

/** By {@link Ch3}: the position of a server in the list decides, its name does not. */
final class Ch3Placement implements Placement {
  private final SaltedKey salted;
  private final Ch3 ch3;

  Ch3Placement(byte[] salt, int servers) {
    this.salted = new SaltedKey(salt);
    this.ch3 = new Ch3(servers);
  }

  @Override
  public long hash(byte[] key, int from, int length) {
    salted.set(key, from, length);
    return salted.murmur64(Murmur64.SEED);
  }

  @Override
  public int serverOf(long hash, byte[] key, int from, int length) {
    return ch3.indexOf(hash);
  }
}
