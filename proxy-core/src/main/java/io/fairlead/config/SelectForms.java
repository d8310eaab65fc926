package io.fairlead.config;

import io.fairlead.config.route.Compositions;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.MigrateSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RandomSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The forms of routes that pass each request to one of those below them. */
final class SelectForms {
  static final String OTHERWISE = "otherwise";

  private static final String START =
      "a time of day in UTC, as in \"2027-01-31T06:00:00Z\", or seconds since 1970";
  private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final long LAST_WRITTEN = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final int USUAL_INTERVAL = 60 * 60;
  private static final Pattern ROUTING_PREFIX = Pattern.compile("/[^/]+/[^/]+/");

  private SelectForms() {}

  static void addTo(RouteForms forms) {
    OperationForm.addTo(forms);
    forms
        .add("by_prefix", PrefixSettings.class, SelectForms::readPrefixes, SelectForms::write)
        .add(
            "by_routing_prefix",
            RoutingPrefixSettings.class,
            SelectForms::readRoutingPrefixes,
            SelectForms::write)
        .add("shard", HashSettings.class, SelectForms::readShard, SelectForms::write)
        .add(
            "random",
            RandomSettings.class,
            given -> new RandomSettings(given.several("random")),
            (route, written) -> written.several("random", route.children()))
        .add("by_host", SelectForms::readByHost)
        .add("migrate", MigrateSettings.class, SelectForms::readMigration, SelectForms::write);
  }

  private static RouteSettings readPrefixes(GivenRoute given) {
    ConfigValue value = given.map().take("by_prefix");
    String expected = "a map of routes by the prefixes of keys, with otherwise for the rest";
    RouteSettings read =
        value == null ? null : value.map(expected, map -> prefixes(map, given.routes()));
    return read == null ? RouteReader.REFUSED : read;
  }

  private static RouteSettings prefixes(MappingReader map, RouteReader routes) {
    ConfigValue otherwise = map.take(OTHERWISE);
    if (otherwise == null) {
      map.map()
          .refuseMissing(
              OTHERWISE,
              "a route for keys with none of these prefixes, or false to answer them with an"
                  + " error");
    }
    return new PrefixSettings(routesOf(map, routes), routeOrFalse(otherwise, routes));
  }

  static @Nullable RouteSettings routeOrFalse(@Nullable ConfigValue value, RouteReader routes) {
    return value == null || value.isFalse() ? null : routes.read(value);
  }

  static void writeOrFalse(WrittenRoute written, @Nullable RouteSettings otherwise) {
    written.put(OTHERWISE, otherwise == null ? "false" : written.routes().one(otherwise));
  }

  private static Map<String, RouteSettings> routesOf(MappingReader map, RouteReader routes) {
    Map<String, RouteSettings> read = new LinkedHashMap<>();
    for (MappingReader.Entry entry : map.takeAll()) {
      read.put(entry.name(), routes.read(entry.value()));
    }
    return read;
  }

  private static void write(PrefixSettings route, WrittenRoute written) {
    if (route.policies().containsKey(OTHERWISE)) {
      throw new BadValueException("the prefix " + OTHERWISE, "another prefix");
    }
    WrittenRoute prefixes = new WrittenRoute(written.routes());
    route.policies().forEach((prefix, child) -> prefixes.one(YamlScalar.text(prefix), child));
    writeOrFalse(prefixes, route.otherwise());
    written.put("by_prefix", prefixes.entries());
  }

  private static RouteSettings readRoutingPrefixes(GivenRoute given) {
    ConfigValue value = given.map().take("by_routing_prefix");
    String expected = "a map of routes by prefixes of the form /region/cluster/";
    Map<String, RouteSettings> routes =
        value == null ? null : value.map(expected, map -> routingPrefixes(map, given.routes()));
    ConfigValue usual = given.map().take("usual");
    RouteSettings plain = given.oneOrNull("plain");
    boolean unknownIsUsual = given.flag("unknown_as_usual", false);
    if (routes == null) {
      return RouteReader.REFUSED;
    }
    List<String> prefixes = new ArrayList<>(routes.keySet());
    if (usual == null) {
      given.map().map().refuseMissing("usual", ValueKind.anyOf(prefixes));
      return RouteReader.REFUSED;
    }
    String prefix = usual.text();
    if (prefix == null || !routes.containsKey(prefix)) {
      usual.refuse(
          ValueKind.anyOf(prefixes), prefix == null ? null : NearestKey.hint(prefix, prefixes));
      return RouteReader.REFUSED;
    }
    return new RoutingPrefixSettings(routes, plain, prefix, unknownIsUsual);
  }

  private static Map<String, RouteSettings> routingPrefixes(MappingReader map, RouteReader routes) {
    Map<String, RouteSettings> read = new LinkedHashMap<>();
    for (MappingReader.Entry entry : map.takeAll()) {
      if (!ROUTING_PREFIX.matcher(entry.name()).matches()) {
        entry
            .key()
            .refuseAs(
                QuotedText.shorten(entry.name()), "a prefix of the form /region/cluster/", null);
      }
      read.put(entry.name(), routes.read(entry.value()));
    }
    if (read.isEmpty()) {
      map.map().refuse("at least one prefix of the form /region/cluster/");
      return Map.of("", RouteReader.REFUSED);
    }
    return read;
  }

  private static void write(RoutingPrefixSettings route, WrittenRoute written) {
    WrittenRoute prefixes = new WrittenRoute(written.routes());
    route.routes().forEach((prefix, child) -> prefixes.one(YamlScalar.text(prefix), child));
    written
        .put("by_routing_prefix", prefixes.entries())
        .text("usual", route.usual())
        .one("plain", route.plain())
        .putFlag("unknown_as_usual", route.unknownIsUsual(), false);
  }

  private static RouteSettings readShard(GivenRoute given) {
    List<RouteSettings> routes = given.several("shard");
    PlacementSettings placement = PlacementReader.readIfGiven(given.map(), routes.size());
    return new HashSettings(placement == null ? RingSettings.DEFAULT : placement, routes);
  }

  private static void write(HashSettings route, WrittenRoute written) {
    written.several("shard", route.children());
    List<String> names =
        IntStream.range(0, route.children().size()).mapToObj(Integer::toString).toList();
    PlacementText.of(route.placement(), names).forEach(written::put);
  }

  private static RouteSettings readByHost(GivenRoute given) {
    List<RouteSettings> routes = given.several("by_host");
    String salt = given.optional("salt", "", ValueKind.text());
    return routes.isEmpty()
        ? RouteReader.REFUSED
        : Compositions.ofHost(routes, HostId.ofThisHost(), salt);
  }

  private static RouteSettings readMigration(GivenRoute given) {
    ConfigValue start = given.map().take("start");
    if (start == null) {
      given.map().map().refuseMissing("start", START);
    }
    Long seconds = start == null ? null : readStart(start);
    int interval = given.optional("over", USUAL_INTERVAL, ValueKind.expiry(1));
    return given.pair(
        "migrate",
        "from",
        "to",
        (from, to) -> new MigrateSettings(from, to, seconds == null ? 0 : seconds, interval));
  }

  private static @Nullable Long readStart(ConfigValue value) {
    String text = value.source();
    if (text == null) {
      return value.refuse(START);
    }
    if (SECONDS.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    try {
      long seconds = Instant.parse(text).getEpochSecond();
      return seconds < 0 ? value.refuse(START) : (Long) seconds;
    } catch (DateTimeException e) {
      return value.refuse(START);
    }
  }

  private static void write(MigrateSettings route, WrittenRoute written) {
    long start = route.startSeconds();
    written
        .pair("migrate", "from", route.from(), "to", route.to())
        .put(
            "start",
            start > LAST_WRITTEN
                ? Long.toString(start)
                : QuotedText.quote(Instant.ofEpochSecond(start).toString()))
        .expiryUnless(USUAL_INTERVAL, "over", route.intervalSeconds());
  }
}
