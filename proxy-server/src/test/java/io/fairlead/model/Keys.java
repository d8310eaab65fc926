package io.fairlead.model;

import java.util.Random;

/**
 * The keys of a run, by number: those of one client each, which nobody else writes; those that all
 * write; and counters of one client each.
 */
final class Keys {
  private static final int OWN = 12;
  private static final int SHARED = 60;
  private static final int COUNTERS = 4;

  private final int clients;
  private final String[] names;

  Keys(int clients) {
    this.clients = clients;
    names = new String[clients * (OWN + COUNTERS) + SHARED];
    for (int key = 0; key < names.length; key++) {
      names[key] = nameOf(key);
    }
  }

  private String nameOf(int key) {
    if (isCounter(key)) {
      return "counter:" + key;
    }
    return (ownerOf(key) < 0 ? "shared:" : "own:") + key;
  }

  String name(int key) {
    return names[key];
  }

  /** The only client who writes a key; -1 when all do. */
  int ownerOf(int key) {
    return key < clients * OWN ? key / OWN : -1;
  }

  int any(Random random) {
    return random.nextInt(clients * OWN + SHARED);
  }

  int own(int client, Random random) {
    return client * OWN + random.nextInt(OWN);
  }

  int shared(Random random) {
    return clients * OWN + random.nextInt(SHARED);
  }

  int counter(int client, Random random) {
    return clients * OWN + SHARED + client * COUNTERS + random.nextInt(COUNTERS);
  }

  boolean isCounter(int key) {
    return key >= clients * OWN + SHARED;
  }

  int count() {
    return names.length;
  }
}
