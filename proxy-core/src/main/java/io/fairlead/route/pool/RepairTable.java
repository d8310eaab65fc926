package io.fairlead.route.pool;

import org.jspecify.annotations.Nullable;

/** The repairs of a pool by their keys, so that a write finds the one of its key at once. */
final class RepairTable {
  private static final int CHAINS = 1 << 11;

  private final @Nullable Repair[] chains = new Repair[CHAINS];
  private int size;

  int size() {
    return size;
  }

  /** The repair of a key, or null. */
  @Nullable Repair find(byte[] key, int length) {
    Repair repair = chains[chain(key, length)];
    while (repair != null && !repair.isOf(key, length)) {
      repair = repair.nextInChain;
    }
    return repair;
  }

  /** Adds one whose key is not there yet. */
  void add(Repair repair) {
    int chain = chain(repair.key(), repair.key().length);
    repair.nextInChain = chains[chain];
    chains[chain] = repair;
    size++;
  }

  void remove(Repair repair) {
    int chain = chain(repair.key(), repair.key().length);
    Repair before = null;
    for (Repair each = chains[chain]; each != null; each = each.nextInChain) {
      if (each == repair) {
        unlink(chain, before, repair);
        return;
      }
      before = each;
    }
  }

  private void unlink(int chain, @Nullable Repair before, Repair repair) {
    if (before == null) {
      chains[chain] = repair.nextInChain;
    } else {
      before.nextInChain = repair.nextInChain;
    }
    repair.nextInChain = null;
    size--;
  }

  private static int chain(byte[] key, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + key[i];
    }
    return (hash ^ (hash >>> 16)) & (CHAINS - 1);
  }

  /** Tells all of them that their keys may have been written. */
  void allWritten() {
    for (Repair first : chains) {
      for (Repair each = first; each != null; each = each.nextInChain) {
        each.onWrite();
      }
    }
  }
}
