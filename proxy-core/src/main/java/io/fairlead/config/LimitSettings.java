package io.fairlead.config;

import java.time.Duration;

/**
 * Bounds that keep one client or server from costing the others.
 *
 * @param clients those of each client, where its listener has no others; no value is accepted from
 *     a server that is larger than one from a client
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
    ClientLimits clients,
    int serverRequests,
    int serverBufferBytes,
    long loopBytes,
    int connections,
    LoadSettings load) {

  public static final int LARGEST_VALUE = 128 << 20;

  public static final LimitSettings DEFAULT =
      new LimitSettings(
          ClientLimits.DEFAULT, 10_000, 16 << 20, 64L << 20, 10_000, LoadSettings.DEFAULT);

  /** The defaults, as a start for others. */
  public static LimitBuilder with() {
    return DEFAULT.change();
  }

  /**
   * A start for what the files of other proxies say. They bound neither keys nor the time that a
   * command takes; nor values, as only the servers know what they were started with.
   */
  public static LimitBuilder ofOtherProxies() {
    return with()
        .clients(
            clients ->
                clients.valueBytes(LARGEST_VALUE).keysPerGet(0).commandTimeout(Duration.ZERO));
  }

  /** These, as a start for others. */
  public LimitBuilder change() {
    return new LimitBuilder(this);
  }

  /** The largest value that is accepted from a server. */
  public int valueBytes() {
    return clients.valueBytes();
  }
}
