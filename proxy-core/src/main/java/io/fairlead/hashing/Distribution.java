package io.fairlead.hashing;

/** Which server owns a key hash: an immutable table over the servers of a pool that take keys. */
public interface Distribution {
  /**
   * The index, in the list of members the distribution was built from, of the server that owns
   * {@code hash}; -1 when no server takes keys.
   */
  int serverOf(int hash);

  /** Whether the hash matters; where it does not, a caller may save computing it and pass any. */
  default boolean usesHash() {
    return true;
  }
}
