package io.fairlead.discovery;

import java.time.Duration;
import java.util.List;

/**
 * What a lookup has found: one record at least.
 *
 * @param ttl for how long it is true
 * @param isComplete whether there is nothing else; false when a part of the question failed
 */
record Answer<T>(List<T> found, Duration ttl, boolean isComplete) {
  Answer {
    found = List.copyOf(found);
  }

  /** Who asked. */
  interface Receiver<T> {
    void onAnswer(Answer<T> answer);

    /** Nothing was found, or nobody answered. */
    void onFailure(String reason);
  }
}
