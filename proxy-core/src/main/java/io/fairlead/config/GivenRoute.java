package io.fairlead.config;

import io.fairlead.config.route.RouteSettings;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The map of one route of a file, from which its kind takes what it needs. */
final class GivenRoute {
  private final MappingReader map;
  private final RouteReader routes;

  GivenRoute(MappingReader map, RouteReader routes) {
    this.map = map;
    this.routes = routes;
  }

  MappingReader map() {
    return map;
  }

  RouteReader routes() {
    return routes;
  }

  /** A value that must be there; {@code refused} when it is not, or is refused. */
  <T> T required(String key, String expected, T refused, ValueKind<T> kind) {
    T value = map.required(key, expected, kind);
    return value == null ? refused : value;
  }

  <T> T optional(String key, T absent, ValueKind<T> kind) {
    return map.optional(key, absent, kind);
  }

  /** As above, where an absent value is null. */
  <T> @Nullable T orNull(String key, ValueKind<T> kind) {
    ConfigValue value = map.take(key);
    return value == null ? null : kind.read(value);
  }

  boolean flag(String key, boolean absent) {
    return map.optional(key, absent, ValueKind.flag());
  }

  /** The route that a key leads to. */
  RouteSettings one(String key) {
    ConfigValue value = map.take(key);
    if (value == null) {
      map.map().refuseMissing(key, RouteReader.EXPECTED);
      return RouteReader.REFUSED;
    }
    return routes.read(value);
  }

  @Nullable RouteSettings oneOrNull(String key) {
    ConfigValue value = map.take(key);
    return value == null ? null : routes.read(value);
  }

  /** The routes that a key leads to, at least one. */
  List<RouteSettings> several(String key) {
    ConfigValue value = map.take(key);
    if (value == null) {
      map.map().refuseMissing(key, RouteReader.SEVERAL);
      return List.of();
    }
    return routes.readSeveral(value);
  }

  /** Two routes with a part each, which stand in the map behind a key. */
  <T extends RouteSettings> RouteSettings pair(
      String key, String first, String second, BiFunction<RouteSettings, RouteSettings, T> body) {
    ConfigValue value = map.take(key);
    if (value == null) {
      return RouteReader.REFUSED;
    }
    RouteSettings read =
        value.map(
            "a map with " + first + " and " + second,
            inner -> {
              GivenRoute parts = new GivenRoute(inner, routes);
              return body.apply(parts.one(first), parts.one(second));
            });
    return read == null ? RouteReader.REFUSED : read;
  }
}
