package io.fairlead.config;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a pool of a nutcracker.yml says about its servers.
 *
 * <p>A number beyond what we can do becomes the nearest that we can, with a warning: what
 * nutcracker starts with, we start with.
 */
final class NutcrackerPoolReader {
  private static final String SERVERS = "a list with at least one server";
  private static final String HASH_TAG = "two characters in quotes, as in \"{}\"";
  private static final int MOST_MILLIS = (int) ValueKind.LONGEST.toMillis();
  private static final int DEFAULT_FAILURES = 2;
  private static final int MOST_FAILURES = 1000;
  private static final int DEFAULT_RETRY_MILLIS = 30_000;

  /** In place of no time-out, with which a silent server would keep clients waiting for ever. */
  private static final int SAFE_TIMEOUT_MILLIS = 1000;

  private static final int HASTY_MILLIS = 10;
  private static final int PATIENT_MILLIS = 5000;

  private final String name;
  private final LoadOptions.Foreign options;

  NutcrackerPoolReader(String name, LoadOptions.Foreign options) {
    this.name = name;
    this.options = options;
  }

  PoolSettings read(MappingReader map) {
    List<ServerSettings> servers =
        map.required("servers", SERVERS, NutcrackerPoolReader::readServers);
    Duration timeout = Duration.ofMillis(readTimeout(map));
    return PoolSettings.with(name, Mode.SHARDED, servers == null ? List.of() : servers)
        .placement(readPlacement(map))
        .timeout(timeout)
        .connectTimeout(timeout)
        .connections(map.optional("server_connections", 1, NutcrackerPoolReader::readConnections))
        .preconnect(map.optional("preconnect", false, NutcrackerNumber.flag()))
        .multigetFailure(options.multigetFailure())
        .errorText(options.errorText())
        .eject(readEject(map))
        .build();
  }

  private RingSettings readPlacement(MappingReader map) {
    RingSettings defaults = RingSettings.DEFAULT;
    return new RingSettings(
        map.optional("hash", defaults.hash(), ValueKind.oneOf(KeyHash.class)),
        map.optional(
            "distribution", defaults.distribution(), ValueKind.oneOf(DistributionKind.class)),
        readHashTag(map.take("hash_tag")),
        options.keyBytes());
  }

  private static @Nullable HashTag readHashTag(@Nullable ConfigValue value) {
    if (value == null) {
      return null;
    }
    String text = value.source();
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    return bytes.length == 2 ? new HashTag(bytes[0], bytes[1]) : value.refuse(HASH_TAG);
  }

  private static int readTimeout(MappingReader map) {
    ConfigValue value = map.take("timeout");
    if (value == null) {
      map.map()
          .warnMissing(
              "timeout",
              "milliseconds; "
                  + SAFE_TIMEOUT_MILLIS
                  + " are used, where nutcracker would wait for ever");
      return SAFE_TIMEOUT_MILLIS;
    }
    Integer millis = NutcrackerNumber.clamped(0, MOST_MILLIS).read(value);
    if (millis == null) {
      return SAFE_TIMEOUT_MILLIS;
    }
    if (millis == 0) {
      value.warn(
          "at least 1 millisecond; "
              + SAFE_TIMEOUT_MILLIS
              + " are used, where nutcracker would wait for ever");
      return SAFE_TIMEOUT_MILLIS;
    }
    warnOfOddTimeout(value, millis);
    return millis;
  }

  private static void warnOfOddTimeout(ConfigValue value, int millis) {
    if (millis < HASTY_MILLIS) {
      value.warn("at least " + HASTY_MILLIS + " milliseconds, which a busy network takes");
    } else if (millis > PATIENT_MILLIS) {
      value.warn(
          "at most " + PATIENT_MILLIS + " milliseconds, for which a client may have to wait");
    }
  }

  private static @Nullable Integer readConnections(ConfigValue value) {
    Integer connections = NutcrackerNumber.clamped(0, PoolReader.MOST_CONNECTIONS).read(value);
    return connections != null && connections == 0 ? value.refuse("at least 1") : connections;
  }

  private static EjectSettings readEject(MappingReader map) {
    boolean isOn = map.optional("auto_eject_hosts", false, NutcrackerNumber.flag());
    int failures =
        map.optional(
            "server_failure_limit", DEFAULT_FAILURES, NutcrackerNumber.clamped(1, MOST_FAILURES));
    int retryMillis =
        map.optional(
            "server_retry_timeout", DEFAULT_RETRY_MILLIS, NutcrackerNumber.clamped(1, MOST_MILLIS));
    return isOn ? eject(failures, Duration.ofMillis(retryMillis)) : EjectSettings.OFF;
  }

  /** In nutcracker all servers may be out; a server is back no later than there. */
  private static EjectSettings eject(int failures, Duration retry) {
    EjectSettings usual = EjectSettings.DEFAULT;
    return EjectSettings.with(WhileEjected.REHASH)
        .failures(failures)
        .time(shorter(usual.time(), retry), shorter(usual.longestTime(), retry))
        .probe(shorter(usual.probe().first(), retry), retry)
        .ramp(Duration.ZERO)
        .unbounded()
        .build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static @Nullable List<ServerSettings> readServers(ConfigValue value) {
    if (value.isEmptyList()) {
      return value.refuse(SERVERS);
    }
    NutcrackerServerReader reader = new NutcrackerServerReader();
    return value.list(SERVERS).stream().flatMap(reader::read).toList();
  }
}
