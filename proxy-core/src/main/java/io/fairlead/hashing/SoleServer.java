package io.fairlead.hashing;

/**
 * The distribution over a pool with one configured server: no ring, no hashing.
 *
 * @param index 0, or -1 while the server takes no keys
 */
record SoleServer(int index) implements Distribution {
  @Override
  public int serverOf(int hash) {
    return index;
  }

  @Override
  public boolean usesHash() {
    return false;
  }
}
