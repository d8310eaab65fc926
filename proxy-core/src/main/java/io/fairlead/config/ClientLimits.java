package io.fairlead.config;

import java.time.Duration;

/**
 * Bounds that hold for each client of a listener, so that none costs the others.
 *
 * @param valueBytes largest value that is accepted
 * @param lineBytes longest command line, other than a get
 * @param getLineBytes longest line of a get or gets
 * @param keysPerGet most keys of one get, gets, gat or gats; 0 for any number
 * @param clientBufferBytes reply bytes kept for a client that does not read; above it, it is not
 *     read from, and further values for it are dropped
 * @param clientTimeout how long a client may leave its replies unread before it is closed
 * @param clientRequests requests of one client that may be in flight
 * @param connectionsPerAddress connections of one address, or of one IPv6 network of 64 bits; 0 for
 *     any number
 * @param idleTimeout how long a client may send nothing and wait for nothing before it is closed;
 *     zero for ever
 * @param commandTimeout how long a command that has begun to arrive may take to be complete before
 *     its client is closed; zero for any time
 * @param requestsPerSecond requests of one client in a second, the keys of a get one by one; above
 *     it, it is not read from; 0 for any number
 * @param requestBurst how many of them may come at once; 0 for as many as in a second
 */
public record ClientLimits(
    int valueBytes,
    int lineBytes,
    int getLineBytes,
    int keysPerGet,
    int clientBufferBytes,
    Duration clientTimeout,
    int clientRequests,
    int connectionsPerAddress,
    Duration idleTimeout,
    Duration commandTimeout,
    int requestsPerSecond,
    int requestBurst) {

  /** A client that had to wait goes on with the requests of a hundredth of a second at once. */
  static final int PARTS_OF_SECOND = 100;

  public static final ClientLimits DEFAULT =
      new ClientLimits(
          1 << 20,
          2048,
          1 << 20,
          1000,
          1 << 20,
          Duration.ofSeconds(30),
          1 << 14,
          0,
          Duration.ZERO,
          Duration.ofSeconds(10),
          0,
          0);

  /** The defaults, as a start for others. */
  public static ClientLimitBuilder with() {
    return DEFAULT.change();
  }

  /** These, as a start for others. */
  public ClientLimitBuilder change() {
    return new ClientLimitBuilder(this);
  }

  /** Requests that may come at once when there is a limit on those in a second. */
  public int burst() {
    return requestBurst == 0 ? requestsPerSecond : requestBurst;
  }

  /** How many keys one get may have at most. */
  public int mostKeysPerGet() {
    return keysPerGet == 0 ? Integer.MAX_VALUE : keysPerGet;
  }

  /** How many connections one address may have at most. */
  public int mostConnectionsPerAddress() {
    return connectionsPerAddress == 0 ? Integer.MAX_VALUE : connectionsPerAddress;
  }
}
