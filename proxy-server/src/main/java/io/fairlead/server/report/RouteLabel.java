package io.fairlead.server.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The label of a node, which is for programs that know mcrouter's, in words. */
final class RouteLabel {
  private static final String POOL = "asynclog:";

  /** Mcrouter's names for kinds, and those of our own files. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("all-sync", "replicate, worst"),
          Map.entry("all-fastest", "replicate, fastest"),
          Map.entry("all-initial", "replicate, first"),
          Map.entry("all-majority", "replicate, majority"),
          Map.entry("all-async", "replicate, no answer"),
          Map.entry("big-value", "big_values"),
          Map.entry("devnull", "miss, counted"),
          Map.entry("first-hit", "key_copies, read on miss"),
          Map.entry("hash-stop-allow-list", "hash_stops"),
          Map.entry("key-split", "key_copies"),
          Map.entry("miss-failover", "miss_failover"),
          Map.entry("modify-exptime", "expiry"),
          Map.entry("modify-key", "change_key"),
          Map.entry("null", "miss"),
          Map.entry("operation-selector", "by_operation"),
          Map.entry("outstanding-limit", "concurrency_limit"),
          Map.entry("prefix-selector", "by_prefix"),
          Map.entry("rate-limit", "rate_limit"),
          Map.entry("shard-split", "split_shards"),
          Map.entry("size-split", "by_size"),
          Map.entry("slow-warmup", "slow_warm_up"),
          Map.entry("two-level", "two_levels"),
          Map.entry("warm-up", "warm_up"));

  private RouteLabel() {}

  static String words(String label) {
    if (label.startsWith(POOL)) {
      return "pool " + label.substring(POOL.length());
    }
    int bar = label.indexOf('|');
    String kind = bar < 0 ? label : label.substring(0, bar);
    String rest = bar < 0 ? "" : label.substring(bar + 1);
    return switch (kind) {
      case "host" -> server(parts(rest));
      case "error" -> rest.isEmpty() ? "error" : "error: " + rest;
      case "hash" -> "shard, " + rest;
      case "selection" -> "sharded by " + word(rest.substring(rest.lastIndexOf('|') + 1));
      case "replicated" -> "replicated pool " + rest.replaceFirst("^pool=", "");
      default ->
          KINDS.getOrDefault(kind, kind)
              + (rest.isEmpty() ? "" : ": " + rest.replace("|", ", ").replace("=", " "));
    };
  }

  /** A distribution in our own files: {@code WeightedCh3} is {@code weighted_ch3}. */
  private static String word(String distribution) {
    return distribution.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static String server(Map<String, String> parts) {
    return "server "
        + parts.getOrDefault("ap", "?").replaceFirst(":ascii:.*", "")
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
