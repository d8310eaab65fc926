package io.fairlead.twemproxy;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** What the statistics page of the admin port says of pools and servers. */
final class PoolsPage {
  private PoolsPage() {}

  /** Each number by its path in the document of the statistics port. */
  static Map<String, Object> leaves(String page) {
    Map<String, Object> leaves = new LinkedHashMap<>();
    Map<String, Object> json = new Yaml().load(page);
    for (Object each : list(json.get("pools"))) {
      Map<?, ?> pool = (Map<?, ?>) each;
      collect(pool.get("pool") + "/", pool, leaves);
      for (Object server : list(pool.get("servers"))) {
        Map<?, ?> values = (Map<?, ?>) server;
        collect(pool.get("pool") + "/" + values.get("server") + "/", values, leaves);
      }
    }
    return leaves;
  }

  private static List<?> list(@Nullable Object value) {
    return (List<?>) requireNonNull(value);
  }

  private static void collect(String prefix, Map<?, ?> values, Map<String, Object> leaves) {
    values.forEach((key, value) -> leaves.put(prefix + key, value));
  }
}
