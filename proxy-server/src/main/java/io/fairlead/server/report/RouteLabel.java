package io.fairlead.server.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The label of a node, which is for programs that know mcrouter's, in words. */
final class RouteLabel {
  private RouteLabel() {}

  static String words(String label) {
    int bar = label.indexOf('|');
    String kind = bar < 0 ? label : label.substring(0, bar);
    String rest = bar < 0 ? "" : label.substring(bar + 1);
    return switch (kind) {
      case "host" -> server(parts(rest));
      case "error" -> rest.isEmpty() ? "error" : "error: " + rest;
      case "null" -> "miss";
      case "devnull" -> "miss, counted";
      case "hash" -> rest.startsWith("pool=") ? "pool " + rest.substring(5) : "shard by " + rest;
      case "replicated" -> "replicated pool " + rest.replaceFirst("^pool=", "");
      default -> kind + (rest.isEmpty() ? "" : ": " + rest.replace("|", ", ").replace("=", " "));
    };
  }

  private static String server(Map<String, String> parts) {
    return "server "
        + parts.getOrDefault("ap", "?")
        + " (pool "
        + parts.getOrDefault("pool", "?")
        + ", timeout "
        + parts.getOrDefault("timeout", "?")
        + ")";
  }

  private static Map<String, String> parts(String rest) {
    return Arrays.stream(rest.split("\\|", -1))
        .map(part -> part.split("=", 2))
        .filter(part -> part.length == 2)
        .collect(
            Collectors.toMap(
                part -> part[0], part -> part[1], (first, second) -> first, LinkedHashMap::new));
  }
}
