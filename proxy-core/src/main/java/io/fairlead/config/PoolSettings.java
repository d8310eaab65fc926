package io.fairlead.config;

import java.time.Duration;
import java.util.List;

/**
 * A set of memcached servers and how keys are spread over them.
 *
 * @param timeout from the moment a request is routed to the moment it has been answered, by the
 *     server or by an error
 * @param connections connections to each server, for each event loop
 * @param preconnect whether these are opened at start, and not by the first request that needs them
 * @param coalesce whether gets of different clients that leave together travel as one multi-get
 * @param spoolDeletes whether failed deletes are spooled, if the proxy has a spool
 * @param connection how connections are opened and kept, besides their number and time-out
 */
public record PoolSettings(
    String name,
    Mode mode,
    List<ServerSettings> servers,
    PlacementSettings placement,
    Duration timeout,
    Duration connectTimeout,
    int connections,
    boolean preconnect,
    boolean coalesce,
    MultigetFailure multigetFailure,
    ArithmeticFailure arithmeticFailure,
    ErrorText errorText,
    WritePolicy writes,
    EjectSettings eject,
    boolean spoolDeletes,
    ConnectionSettings connection) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofMillis(250);

  /** How the servers share the work. */
  public enum Mode {
    /** Each key lives on one server. */
    SHARDED,
    /** Each key lives on every server. */
    REPLICATED
  }

  /** What a retrieval answers when servers fail. */
  public enum MultigetFailure {
    /** The hits that were found; the keys of a failed server count as misses. */
    PARTIAL,
    /** One error line and nothing else. */
    ERROR,
    /** The hits; the keys of a failed server count as misses, even when all have failed. */
    MISS
  }

  /** What an incr or decr answers when its server fails. */
  public enum ArithmeticFailure {
    ERROR,
    /** As if there were no such counter, so that clients begin a new one, as behind mcrouter. */
    MISS
  }

  /** The words in which a client is told that a server has failed. */
  public enum ErrorText {
    /** What has happened, in the words of this proxy. */
    NATIVE,
    /** The texts of twemproxy, for clients that look for them. */
    TWEMPROXY,
    /** The same for every failure, also for errors that servers answer. */
    GROUPED
  }

  /** How many live replicas must accept a write before the client is told that it succeeded. */
  public enum WritePolicy {
    ALL,
    QUORUM,
    ANY
  }

  public PoolSettings {
    servers = List.copyOf(servers);
  }

  /** A pool with every setting at its default. */
  public static PoolSettings of(String name, Mode mode, List<ServerSettings> servers) {
    return with(name, mode, servers).build();
  }

  /** Begins a pool of which some settings will not be at their defaults. */
  public static PoolBuilder with(String name, Mode mode, List<ServerSettings> servers) {
    return new PoolBuilder(name, mode, servers);
  }

  /** The same pool, which keeps no deletes for its servers. */
  public PoolSettings withoutSpool() {
    return new PoolSettings(
        name,
        mode,
        servers,
        placement,
        timeout,
        connectTimeout,
        connections,
        preconnect,
        coalesce,
        multigetFailure,
        arithmeticFailure,
        errorText,
        writes,
        eject,
        false,
        connection);
  }
}
