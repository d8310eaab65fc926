package io.fairlead.config;

import java.time.Duration;

/**
 * Bounds that keep one client or server from costing the others.
 *
 * @param valueBytes largest value that is accepted from a client or a server
 * @param lineBytes longest command line, other than a get
 * @param getLineBytes longest line of a get or gets
 * @param clientBufferBytes reply bytes kept for a client that does not read; above it, it is not
 *     read from, and further values for it are dropped
 * @param clientTimeout how long a client may leave its replies unread before it is closed
 * @param clientRequests requests of one client that may be in flight
 * @param serverRequests requests that may be in flight on one server connection, and large values
 *     that may be on their way to one server
 * @param serverBufferBytes request bytes that may wait to be sent on one server connection, and on
 *     all those for large values together
 * @param loopBytes bytes of all clients and servers of an event loop; above it, a client may leave
 *     64 KiB of its replies unread
 * @param connections client connections, of all listeners together
 * @param load what an event loop takes on at once
 */
public record LimitSettings(
    int valueBytes,
    int lineBytes,
    int getLineBytes,
    int clientBufferBytes,
    Duration clientTimeout,
    int clientRequests,
    int serverRequests,
    int serverBufferBytes,
    long loopBytes,
    int connections,
    LoadSettings load) {

  public static final int LARGEST_VALUE = 128 << 20;

  public static final LimitSettings DEFAULT =
      new LimitSettings(
          1 << 20,
          2048,
          1 << 20,
          1 << 20,
          Duration.ofSeconds(30),
          1 << 14,
          10_000,
          16 << 20,
          64L << 20,
          10_000,
          LoadSettings.DEFAULT);

  /** The defaults, as a start for others. */
  public static LimitBuilder with() {
    return DEFAULT.change();
  }

  /** These, as a start for others. */
  public LimitBuilder change() {
    return new LimitBuilder(this);
  }
}
