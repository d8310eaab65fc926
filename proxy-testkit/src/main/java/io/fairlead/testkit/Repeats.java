package io.fairlead.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds requests that came twice though they must not: those that store or count, which are not the
 * same done twice. Whoever sends them makes each different from all others.
 */
final class Repeats {
  private static final Set<String> WATCHED =
      Set.of("set", "add", "replace", "append", "prepend", "cas", "incr", "decr", "ms", "ma");
  private static final int MOST_BYTES = 200;

  private final List<String> found = new ArrayList<>();
  private long[] table = new long[1 << 12];
  private int count;

  /** Notes a request that was read. */
  synchronized void note(String line, byte[] request) {
    int space = line.indexOf(' ');
    if (space < 0 || !WATCHED.contains(line.substring(0, space))) {
      return;
    }
    if (!add(hash(request))) {
      found.add(line);
    }
  }

  synchronized List<String> found() {
    return List.copyOf(found);
  }

  /** How many requests were watched. */
  synchronized int count() {
    return count;
  }

  private static long hash(byte[] request) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < Math.min(request.length, MOST_BYTES); i++) {
      hash = (hash ^ request[i]) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }

  private boolean add(long hash) {
    if (2 * count >= table.length) {
      grow();
    }
    if (!put(table, hash)) {
      return false;
    }
    count++;
    return true;
  }

  private void grow() {
    long[] larger = new long[2 * table.length];
    for (long hash : table) {
      if (hash != 0) {
        put(larger, hash);
      }
    }
    table = larger;
  }

  private static boolean put(long[] into, long hash) {
    int at = (int) (hash >>> 20) & (into.length - 1);
    while (into[at] != 0) {
      if (into[at] == hash) {
        return false;
      }
      at = (at + 1) & (into.length - 1);
    }
    into[at] = hash;
    return true;
  }
}
