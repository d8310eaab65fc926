package io.fairlead.hashing;

/**
 * Which server of a pool a key lives on. An instance may keep scratch memory, so it belongs to one
 * thread.
 */
public interface Placement {
  /**
   * A number that depends on the key alone, to be given to {@link #serverOf}; equal keys have equal
   * ones.
   */
  long hash(byte[] key, int from, int length);

  /**
   * The index, in the list of servers the placement was built from, of the one that owns the key
   * with this {@code hash}; -1 when no server takes keys.
   */
  int serverOf(long hash, byte[] key, int from, int length);
}
