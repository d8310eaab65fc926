package io.fairlead.benchmarks.load;

/** The requests of one connection that wait for their reply, oldest first, in a ring. */
final class Outstanding {
  /** What stands in the place of the number of keys when the request is a set. */
  static final int SET = 0;

  private final long[] dueNanos;
  private final int[] firstKey;
  private final int[] keys;
  private int oldest;
  private int size;

  Outstanding(int capacity) {
    int slots = Integer.highestOneBit(Math.max(2, 2 * capacity - 1));
    dueNanos = new long[slots];
    firstKey = new int[slots];
    keys = new int[slots];
  }

  boolean hasRoom() {
    return size < dueNanos.length;
  }

  int size() {
    return size;
  }

  void add(long due, int first, int howMany) {
    int slot = oldest + size & dueNanos.length - 1;
    dueNanos[slot] = due;
    firstKey[slot] = first;
    keys[slot] = howMany;
    size++;
  }

  long oldestDueNanos() {
    return dueNanos[oldest];
  }

  int oldestFirstKey() {
    return firstKey[oldest];
  }

  /** How many keys the oldest request asks for, or {@link #SET}. */
  int oldestKeys() {
    return keys[oldest];
  }

  void removeOldest() {
    oldest = oldest + 1 & dueNanos.length - 1;
    size--;
  }

  void clear() {
    size = 0;
  }
}
