package io.fairlead.config;

import java.time.Duration;

/**
 * How much an event loop takes on at once.
 *
 * @param requests of clients, by key, that may be under way; clients with more wait in line. 0 for
 *     any number
 * @param waiting clients that may wait in line; requests of others are refused then. 0 for any
 *     number
 * @param waitingTimeout how long a client may wait in line before its request is refused; zero for
 *     ever
 * @param shadows copies of requests that may be under way to all shadows together; more are
 *     dropped. 0 for any number
 */
public record LoadSettings(int requests, int waiting, Duration waitingTimeout, int shadows) {
  /** No limits of this kind. */
  public static final LoadSettings DEFAULT = new LoadSettings(0, 0, Duration.ZERO, 0);
}
