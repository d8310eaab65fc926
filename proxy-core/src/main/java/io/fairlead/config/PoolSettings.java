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
 * @param replicas what is done with them where there are some
 * @param coalesce whether gets of different clients that leave together travel as one multi-get
 * @param spoolDeletes whether failed deletes are spooled, if the proxy has a spool
 * @param discovery where servers come from that are not in the file; those that are known at
 *     present are among {@code servers}, behind those of the file
 * @param connection how connections are opened and kept, besides their number and time-out
 * @param hotKeys whether it says which of its keys are asked for most
 * @param shareGets whether a get shares the reply of one for the same key that is under way
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
    ReplicaSettings replicas,
    EjectSettings eject,
    boolean spoolDeletes,
    DiscoverySettings discovery,
    ConnectionSettings connection,
    HotKeySettings hotKeys,
    boolean shareGets) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofMillis(250);

  /** How the servers share the work. */
  public enum Mode {
    /** Each key lives on one server. */
    SHARDED,
    /** Each key lives on every server, and writes go to all of them at once. */
    REPLICATED,
    /** Each key lives on every server; one of them decides each write, which the others follow. */
    PRIMARY_REPLICA;

    /** Whether each key lives on every server. */
    public boolean hasReplicas() {
      return this != SHARDED;
    }
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

  /**
   * The part on which each of its servers depends: pools that are equal in it treat the same server
   * alike, whatever else is different.
   */
  public PoolSettings asSeenByServers() {
    return new PoolSettings(
        name,
        Mode.SHARDED,
        List.of(),
        RingSettings.DEFAULT,
        timeout,
        connectTimeout,
        connections,
        true,
        true,
        MultigetFailure.PARTIAL,
        ArithmeticFailure.ERROR,
        ErrorText.NATIVE,
        ReplicaSettings.defaultFor(Mode.SHARDED),
        EjectSettings.OFF,
        spoolDeletes,
        DiscoverySettings.NONE,
        connection.withServerStats(Duration.ZERO),
        HotKeySettings.OFF,
        shareGets);
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
        replicas,
        eject,
        false,
        discovery,
        connection,
        hotKeys,
        shareGets);
  }

  /** The same pool with other servers. */
  public PoolSettings withServers(List<ServerSettings> others) {
    return new PoolSettings(
        name,
        mode,
        others,
        placement,
        timeout,
        connectTimeout,
        connections,
        preconnect,
        coalesce,
        multigetFailure,
        arithmeticFailure,
        errorText,
        replicas,
        eject,
        spoolDeletes,
        discovery,
        connection,
        hotKeys,
        shareGets);
  }
}
