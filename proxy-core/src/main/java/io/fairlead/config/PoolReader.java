package io.fairlead.config;

import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.PoolSettings.WritePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one pool. */
final class PoolReader {
  private static final String EXPECTED = "a map with servers";
  private static final String SERVERS = "a list of servers, [] for none";

  static final int MOST_CONNECTIONS = 64;

  private final String name;

  PoolReader(String name) {
    this.name = name;
  }

  @Nullable PoolSettings read(ConfigValue value) {
    return value.map(EXPECTED, this::readMap);
  }

  private PoolSettings readMap(MappingReader map) {
    PoolSettings defaults = PoolSettings.of(name, Mode.SHARDED, List.of());
    ConfigValue givenMode = map.take("mode");
    Mode mode = givenMode == null ? defaults.mode() : ValueKind.oneOf(Mode.class).read(givenMode);
    ConfigValue givenServers = map.peek("servers");
    List<ServerSettings> servers = map.required("servers", SERVERS, PoolReader::readServers);
    PlacementSettings placement =
        PlacementReader.read(map, givenServers == null ? 0 : givenServers.elements());
    if (placement instanceof McrouterHashSettings && servers != null && givenServers != null) {
      refuseWeights(givenServers, servers, placement.distributionName());
    }
    return new PoolSettings(
        name,
        mode == null ? defaults.mode() : mode,
        servers == null ? List.of() : servers,
        placement,
        map.optional("timeout", defaults.timeout(), ValueKind.duration()),
        map.optional("connect_timeout", defaults.connectTimeout(), ValueKind.duration()),
        map.optional(
            "connections", defaults.connections(), ValueKind.wholeNumber(1, MOST_CONNECTIONS)),
        map.optional("preconnect", defaults.preconnect(), ValueKind.flag()),
        map.optional("coalesce", defaults.coalesce(), ValueKind.flag()),
        map.optional(
            "multiget_failure", defaults.multigetFailure(), ValueKind.oneOf(MultigetFailure.class)),
        map.optional(
            "arithmetic_failure",
            defaults.arithmeticFailure(),
            ValueKind.oneOf(ArithmeticFailure.class)),
        map.optional("error_text", defaults.errorText(), ValueKind.oneOf(ErrorText.class)),
        map.optional("writes", defaults.writes(), value -> readWrites(value, mode)),
        map.optional(
            "eject",
            EjectSettings.defaultFor(placement),
            value -> EjectReader.read(value, placement)),
        map.optional("spool_deletes", defaults.spoolDeletes(), ValueKind.flag()),
        ConnectionReader.read(map));
  }

  private static List<ServerSettings> readServers(ConfigValue value) {
    ServerReader reader = new ServerReader();
    List<ServerSettings> servers = value.list(SERVERS).stream().flatMap(reader::read).toList();
    if (value.isEmptyList()) {
      value.warn("a server, as every request is answered with an error");
    }
    return servers;
  }

  /** The weights of mcrouter are no whole numbers, and stand in a list. */
  private static void refuseWeights(
      ConfigValue value, List<ServerSettings> servers, String distribution) {
    for (ServerSettings server : servers) {
      if (server.weight() != 1) {
        value.refuseAs(
            "weight " + server.weight() + " of " + QuotedText.shorten(server.name()),
            "no weight, as distribution: "
                + distribution
                + " takes none; weighted_ch3 and weighted_rendezvous have a list of weights",
            null);
      }
    }
  }

  private static @Nullable WritePolicy readWrites(ConfigValue value, @Nullable Mode mode) {
    return mode == Mode.SHARDED
        ? value.refuse("nothing, as only a pool with mode: replicated has it")
        : ValueKind.oneOf(WritePolicy.class).read(value);
  }
}
