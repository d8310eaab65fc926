package io.fairlead.config;

import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyHash;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of memcached servers and how keys are spread over them.
 *
 * @param timeout from the moment a request is routed to the moment it has been answered, by the
 *     server or by an error
 * @param connections connections to each server, for each event loop
 * @param coalesce whether gets of different clients that leave together travel as one multi-get
 */
public record PoolSettings(
    String name,
    Mode mode,
    List<ServerSettings> servers,
    KeyHash hash,
    DistributionKind distribution,
    @Nullable HashTag hashTag,
    Duration timeout,
    Duration connectTimeout,
    int connections,
    boolean coalesce,
    MultigetFailure multigetFailure,
    WritePolicy writes,
    EjectSettings eject) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofMillis(250);

  /** How the servers share the work. */
  public enum Mode {
    /** Each key lives on one server. */
    SHARDED,
    /** Each key lives on every server. */
    REPLICATED
  }

  /** What a multi-key get answers when some servers fail and others do not. */
  public enum MultigetFailure {
    /** The hits that were found; the keys of a failed server count as misses. */
    PARTIAL,
    /** One error line and nothing else. */
    ERROR
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
    return new PoolSettings(
        name,
        mode,
        servers,
        KeyHash.FNV1A_64,
        DistributionKind.KETAMA,
        null,
        DEFAULT_TIMEOUT,
        DEFAULT_CONNECT_TIMEOUT,
        1,
        true,
        MultigetFailure.PARTIAL,
        WritePolicy.ALL,
        EjectSettings.DEFAULT);
  }
}
