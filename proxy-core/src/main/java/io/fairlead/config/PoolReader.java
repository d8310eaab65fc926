package io.fairlead.config;

import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.hashing.DistributionKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    ConfigValue givenIdentity = map.peek("identity");
    SourceReader sources =
        new SourceReader(
            givenIdentity == null ? null : ValueKind.oneOf(Identity.class).read(givenIdentity));
    List<ServerSettings> servers =
        map.required("servers", SERVERS, value -> readServers(value, sources));
    DiscoverySettings discovery = readDiscovery(map, sources);
    PlacementSettings placement = readPlacement(map, servers, givenServers, discovery);
    if (givenServers != null) {
      sources.warnOfNames(givenServers, mode != Mode.REPLICATED && isKetama(placement));
    }
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
        new ReplicaReader(mode).read(map),
        map.optional(
            "eject",
            EjectSettings.defaultFor(placement, mode == null ? defaults.mode() : mode),
            value -> EjectReader.read(value, placement, mode == null ? defaults.mode() : mode)),
        map.optional("spool_deletes", defaults.spoolDeletes(), ValueKind.flag()),
        discovery,
        ConnectionReader.read(map),
        map.optional("hot_keys", defaults.hotKeys(), HotKeyReader::read),
        map.optional("share_gets", defaults.shareGets(), ValueKind.flag()));
  }

  /** Adds those that are sources to {@code sources}. */
  private static List<ServerSettings> readServers(ConfigValue value, SourceReader sources) {
    ServerReader reader = new ServerReader();
    List<ServerSettings> servers = new ArrayList<>();
    for (ConfigValue element : value.list(SERVERS)) {
      if (SourceReader.isSource(element)) {
        sources.read(element);
      } else {
        reader.read(element).forEach(servers::add);
      }
    }
    if (value.isEmptyList()) {
      value.warn("a server, as every request is answered with an error");
    }
    return servers;
  }

  private static DiscoverySettings readDiscovery(MappingReader map, SourceReader sources) {
    ConfigValue identity = map.take("identity");
    ConfigValue removeAfter = map.take("remove_after");
    if (sources.sources().isEmpty()) {
      for (ConfigValue given : Arrays.asList(identity, removeAfter)) {
        if (given != null) {
          given.refuse("nothing, as no server of this pool comes from a source such as dns://");
        }
      }
      return DiscoverySettings.NONE;
    }
    Duration duration = removeAfter == null ? null : ValueKind.duration().read(removeAfter);
    return new DiscoverySettings(
        sources.sources(), duration == null ? DiscoverySettings.DEFAULT_REMOVE_AFTER : duration);
  }

  private static PlacementSettings readPlacement(
      MappingReader map,
      @Nullable List<ServerSettings> servers,
      @Nullable ConfigValue given,
      DiscoverySettings discovery) {
    if (discovery.isOn()) {
      refuseForEach(map.peek("weights"));
      refuseForEach(map.peek("tags"));
    }
    int elements = given == null ? 0 : given.elements();
    return PlacementReader.read(map, Math.max(elements, servers == null ? 0 : servers.size()));
  }

  static void refuseForEach(@Nullable ConfigValue list) {
    if (list != null) {
      list.refuse("nothing, as it is not known how many servers a source names");
    }
  }

  private static boolean isKetama(PlacementSettings placement) {
    return placement instanceof RingSettings ring && ring.distribution() == DistributionKind.KETAMA;
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
}
