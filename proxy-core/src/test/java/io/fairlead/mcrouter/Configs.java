package io.fairlead.mcrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import java.nio.file.Path;
import java.util.Objects;

/** Configurations for tests, in which {@code '} stands for the quotes of JSON. */
final class Configs {
  private static final String POOLS =
      "'pools': {'A': {'servers': ['a:1', 'b:1']}, 'B': {'servers': ['c:1']}}";

  private Configs() {}

  /** One with that route and the pools {@code A}, of two servers, and {@code B}, of one. */
  static McrouterConfig read(String route) {
    return of("'route': " + route);
  }

  /** One with those members and pools. */
  static McrouterConfig of(String members) {
    return parse("{" + POOLS + ", " + members + "}");
  }

  static McrouterConfig read(String route, McrouterDefaults defaults) {
    return parse("{" + POOLS + ", 'route': " + route + "}", defaults);
  }

  static McrouterConfig parse(String json) {
    return parse(json, McrouterDefaults.DEFAULT);
  }

  static McrouterConfig parse(String json, McrouterDefaults defaults) {
    return McrouterReader.read(
        "f.json", json.replace('\'', '"').getBytes(UTF_8), Path.of("."), defaults);
  }

  /** Where keys without a prefix go. */
  static RouteSettings route(McrouterConfig config) {
    RoutingPrefixSettings root = (RoutingPrefixSettings) config.tree().root();
    return Objects.requireNonNull(root.routes().get(root.usual()));
  }
}
