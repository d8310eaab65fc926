package io.fairlead.config;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands where a route is wanted: the name of a pool or of another route, or a map with
 * a kind of route. An anchor is one route, however many aliases it has.
 */
final class RouteReader {
  static final String EXPECTED =
      "a pool, a route, or a map with a kind of route, as in {failover: [main, spare]}";
  static final String SEVERAL =
      "a list of routes, as in [east, west], or {servers: POOL} for each server of a pool";

  /** In place of a route that was refused, which makes the whole file refused. */
  static final RouteSettings REFUSED = new AnswerSettings(AnswerSettings.Kind.NULL, "");

  private final List<String> poolNames;
  private final List<PoolSettings> pools;
  private final NamedRoutes named;
  private final IdentityHashMap<Object, RouteSettings> read = new IdentityHashMap<>();
  private final Set<Object> reading = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> usedPools = new LinkedHashSet<>();

  /**
   * @param poolNames those of refused pools too
   */
  RouteReader(List<String> poolNames, List<PoolSettings> pools, NamedRoutes named) {
    this.poolNames = poolNames;
    this.pools = pools;
    this.named = named;
  }

  /** The pools that some route leads to. */
  Set<String> usedPools() {
    return usedPools;
  }

  RouteSettings read(ConfigValue value) {
    return value.isMap() ? readMap(value, false) : readWord(value);
  }

  /** What a name stands for, whose replies are read with it. */
  RouteSettings readNamed(String name, ConfigValue value) {
    return value.isMap() && named.owner(value).equals(name) ? readOnce(value, true) : read(value);
  }

  private RouteSettings readMap(ConfigValue value, boolean isNamed) {
    String owner = named.owner(value);
    return owner.isEmpty() ? readOnce(value, isNamed) : named.resolve(owner, value, this);
  }

  private RouteSettings readOnce(ConfigValue value, boolean isNamed) {
    RouteSettings known = read.get(value.identity());
    if (known != null) {
      return known;
    }
    if (!reading.add(value.identity())) {
      value.refuse("a route that does not lead to itself");
      return REFUSED;
    }
    RouteSettings route = value.map(EXPECTED, map -> readKind(map, isNamed));
    reading.remove(value.identity());
    read.put(value.identity(), route == null ? REFUSED : route);
    return route == null ? REFUSED : route;
  }

  private RouteSettings readKind(MappingReader map, boolean isNamed) {
    String word = map.firstOf(RouteForms.ALL.words());
    RouteForms.Reader reader = word == null ? null : RouteForms.ALL.reader(word);
    RouteSettings route = reader == null ? unknown(map) : reader.read(new GivenRoute(map, this));
    if (isNamed) {
      named.readReplies(map);
    }
    return route;
  }

  private static RouteSettings unknown(MappingReader map) {
    if (map.isEmpty()) {
      map.map().refuse(EXPECTED);
    }
    RouteForms.ALL.words().forEach(map::take);
    return REFUSED;
  }

  private RouteSettings readWord(ConfigValue value) {
    String name = value.text();
    if (name == null) {
      value.refuse(EXPECTED, value.isList() ? "several need a kind, as in replicate: […]" : null);
      return REFUSED;
    }
    if (poolNames.contains(name)) {
      usedPools.add(name);
      return new PoolRouteSettings(name, null);
    }
    if (named.has(name)) {
      return named.resolve(name, value, this);
    }
    List<String> known = new ArrayList<>(named.names());
    known.addAll(poolNames);
    value.refuse(ValueKind.anyOf(known), NearestKey.hint(name, known));
    return REFUSED;
  }

  /** One or more routes. */
  List<RouteSettings> readSeveral(ConfigValue value) {
    if (value.hasKey("servers")) {
      return servers(value);
    }
    List<RouteSettings> routes = new ArrayList<>();
    for (ConfigValue element : value.list(SEVERAL)) {
      if (element.hasKey("servers")) {
        routes.addAll(servers(element));
      } else {
        routes.add(read(element));
      }
    }
    if (value.isEmptyList()) {
      value.refuse(SEVERAL);
    }
    return routes;
  }

  private List<RouteSettings> servers(ConfigValue value) {
    List<RouteSettings> routes =
        value.map(
            SEVERAL,
            map -> {
              PoolSettings pool = map.required("servers", SEVERAL, this::pool);
              return pool == null ? List.of() : serversOf(pool, map.map());
            });
    return routes == null ? List.of() : routes;
  }

  private static List<RouteSettings> serversOf(PoolSettings pool, ConfigValue place) {
    if (pool.discovery().isOn()) {
      place.refuseAs(
          "servers of " + QuotedText.shorten(pool.name()),
          "a pool whose servers are all named in the file, as a source may name others",
          null);
    } else if (pool.servers().isEmpty()) {
      place.refuseAs(
          "servers of " + QuotedText.shorten(pool.name()), "a pool that has servers", null);
    }
    return IntStream.range(0, pool.servers().size())
        .<RouteSettings>mapToObj(i -> new ServerRouteSettings(pool.name(), i))
        .toList();
  }

  /** The pool of a name; null when there is none, or it was refused itself. */
  @Nullable PoolSettings pool(ConfigValue value) {
    String name = value.text();
    if (name == null || !poolNames.contains(name)) {
      return value.refuse(
          poolNames.isEmpty() ? "the name of a pool" : ValueKind.anyOf(poolNames),
          name == null ? null : NearestKey.hint(name, poolNames));
    }
    usedPools.add(name);
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst().orElse(null);
  }
}
