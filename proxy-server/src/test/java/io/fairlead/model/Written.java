package io.fairlead.model;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which key each client has written at each step: no value can come from anywhere else. */
final class Written {
  private final AtomicIntegerArray[] keys;

  Written(int clients, int steps) {
    keys = new AtomicIntegerArray[clients];
    for (int client = 0; client < clients; client++) {
      keys[client] = new AtomicIntegerArray(steps + 1);
    }
  }

  /** Before it is sent. */
  void note(int client, int step, int key) {
    keys[client].set(step, key + 1);
  }

  boolean has(int client, int step, int key) {
    return client >= 0
        && client < keys.length
        && step >= 0
        && step < keys[client].length()
        && keys[client].get(step) == key + 1;
  }
}
