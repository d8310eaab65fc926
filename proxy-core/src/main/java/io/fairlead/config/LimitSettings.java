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
 * @param serverRequests requests that may be in flight on one server connection
 * @param serverBufferBytes request bytes kept for a server that does not read
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
          4 << 20,
          64L << 20,
          10_000);

  /** With any load. */
  public LimitSettings(
      int valueBytes,
      int lineBytes,
      int getLineBytes,
      int clientBufferBytes,
      Duration clientTimeout,
      int clientRequests,
      int serverRequests,
      int serverBufferBytes,
      long loopBytes,
      int connections) {
    this(
        valueBytes,
        lineBytes,
        getLineBytes,
        clientBufferBytes,
        clientTimeout,
        clientRequests,
        serverRequests,
        serverBufferBytes,
        loopBytes,
        connections,
        LoadSettings.DEFAULT);
  }

  /** These limits for other values and another number of clients. */
  public LimitSettings with(int largestValue, int mostConnections) {
    return new LimitSettings(
        largestValue,
        lineBytes,
        getLineBytes,
        clientBufferBytes,
        clientTimeout,
        clientRequests,
        serverRequests,
        serverBufferBytes,
        loopBytes,
        mostConnections,
        load);
  }

  /** These limits with another one for what an event loop buffers. */
  public LimitSettings withLoopBytes(long bytes) {
    return new LimitSettings(
        valueBytes,
        lineBytes,
        getLineBytes,
        clientBufferBytes,
        clientTimeout,
        clientRequests,
        serverRequests,
        serverBufferBytes,
        bytes,
        connections,
        load);
  }

  /** These limits with another load. */
  public LimitSettings withLoad(LoadSettings other) {
    return new LimitSettings(
        valueBytes,
        lineBytes,
        getLineBytes,
        clientBufferBytes,
        clientTimeout,
        clientRequests,
        serverRequests,
        serverBufferBytes,
        loopBytes,
        connections,
        other);
  }
}
