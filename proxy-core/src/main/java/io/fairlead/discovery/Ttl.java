package io.fairlead.discovery;

import java.time.Duration;

/** For how long answers of DNS are taken for true, whatever they say themselves. */
final class Ttl {
  static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Of the servers of a pool. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** Of the address of a server: it must be in use within 10 seconds. */
  static final Duration LONGEST_ADDRESS = Duration.ofSeconds(8);

  /** Between questions that fail. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private Ttl() {}

  static Duration within(Duration ttl, Duration longest) {
    if (ttl.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return ttl.compareTo(longest) > 0 ? longest : ttl;
  }
}
