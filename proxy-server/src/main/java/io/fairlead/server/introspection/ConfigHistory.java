package io.fairlead.server.introspection;

import java.time.Instant;

/**
 * The configuration in use, and how it came to be.
 *
 * @param successes how often another one was loaded since the start
 * @param failures attempts to load another that did not succeed
 * @param lastAttempt when the last attempt was made, successful or not
 */
record ConfigHistory(ConfigFacts present, long successes, long failures, Instant lastAttempt) {
  static ConfigHistory beginning(ConfigFacts first) {
    return new ConfigHistory(first, 0, 0, first.loadedAt());
  }

  ConfigHistory loaded(ConfigFacts next) {
    return new ConfigHistory(next, successes + 1, failures, next.loadedAt());
  }

  ConfigHistory failed(Instant when) {
    return new ConfigHistory(present, successes, failures + 1, when);
  }

  /** Whole seconds since the present one was loaded. */
  long age() {
    return Math.max(0, Instant.now().getEpochSecond() - present.loadedAt().getEpochSecond());
  }
}
