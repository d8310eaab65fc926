package io.fairlead.frontend;

import java.util.Arrays;

/** Counts the servers over which the keys of one get are spread. */
final class Fragments {
  /** For each server the get that asked it last: a new stamp instead of clearing. */
  private int[] stamps = new int[16];

  private int stamp;
  private int count;

  void begin() {
    stamp++;
    count = 0;
  }

  /** A key went to the server of that index; none when it is negative. */
  void add(int server) {
    if (server < 0) {
      return;
    }
    if (server >= stamps.length) {
      stamps = Arrays.copyOf(stamps, 2 * server);
    }
    if (stamps[server] != stamp) {
      stamps[server] = stamp;
      count++;
    }
  }

  int count() {
    return count;
  }
}
