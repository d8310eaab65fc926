package io.fairlead.config;

import io.fairlead.config.route.RouteSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The map of one route of a file that is written: keys, and values as {@link YamlLayout} wants. */
final class WrittenRoute {
  private final Map<String, Object> entries = new LinkedHashMap<>();
  private final RouteReferences routes;

  WrittenRoute(RouteReferences routes) {
    this.routes = routes;
  }

  /** What stands where a route is wanted: a word, or the map of the route. */
  interface RouteReferences {
    Object one(RouteSettings route);

    /** A list, or what stands for one. */
    Object several(List<RouteSettings> routes);

    PoolSettings pool(String name);
  }

  Map<String, Object> entries() {
    return entries;
  }

  RouteReferences routes() {
    return routes;
  }

  WrittenRoute put(String key, Object value) {
    entries.put(key, value);
    return this;
  }

  /** Leaves out what every file has that does not say otherwise. */
  <T> WrittenRoute putUnless(T usual, String key, T value, Function<T, Object> text) {
    return value.equals(usual) ? this : put(key, text.apply(value));
  }

  WrittenRoute expiryUnless(long usual, String key, long seconds) {
    return putUnless(usual, key, seconds, ExpiryText::format);
  }

  WrittenRoute putFlag(String key, boolean value, boolean usual) {
    return putUnless(usual, key, value, String::valueOf);
  }

  WrittenRoute text(String key, @Nullable String text) {
    return text == null ? this : put(key, YamlScalar.text(text));
  }

  WrittenRoute one(String key, @Nullable RouteSettings route) {
    return route == null ? this : put(key, routes.one(route));
  }

  WrittenRoute several(String key, List<RouteSettings> all) {
    return put(key, routes.several(all));
  }

  WrittenRoute pair(
      String key, String firstKey, RouteSettings first, String secondKey, RouteSettings second) {
    WrittenRoute parts = new WrittenRoute(routes).one(firstKey, first).one(secondKey, second);
    return put(key, parts.entries());
  }

  static List<String> texts(List<String> texts) {
    return texts.stream().map(YamlScalar::text).toList();
  }

  static List<String> decimals(List<Double> numbers) {
    return numbers.stream().map(YamlScalar::decimal).collect(Collectors.toList());
  }
}
