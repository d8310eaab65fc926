package io.fairlead.server.bench;

/** Requests of one connection that are not answered yet, in their order. */
final class Pending {
  private final long[] dues;
  private final int[] keys;
  private int first;
  private int size;

  Pending(int most) {
    dues = new long[most];
    keys = new int[most];
  }

  boolean hasRoom() {
    return size < dues.length;
  }

  int size() {
    return size;
  }

  void add(long dueNanos, int keysOfGet) {
    int at = (first + size) % dues.length;
    dues[at] = dueNanos;
    keys[at] = keysOfGet;
    size++;
  }

  /** When the oldest one was due. */
  long due() {
    return dues[first];
  }

  /** Of how many keys the oldest one is; 0 for a set. */
  int keysOfGet() {
    return keys[first];
  }

  void remove() {
    first = (first + 1) % dues.length;
    size--;
  }
}
