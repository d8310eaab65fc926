package io.fairlead.twemproxy;

import static java.util.Objects.requireNonNull;

import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** One document of a statistics port. */
record StatsReading(String text, Map<String, Object> json) {
  static StatsReading of(int port) {
    try (RawClient client = RawClient.connect(port)) {
      return of(client.readUntilQuiet(Duration.ofSeconds(10)));
    }
  }

  /** JSON is YAML too; a key that comes twice is an error. */
  static StatsReading of(String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new StatsReading(text, new Yaml(strict).load(text));
  }

  /** The number at a path, as in {@code main/cache1/requests}. */
  long number(String path) {
    @Nullable Object at = json;
    for (String step : path.split("/", -1)) {
      at = ((Map<?, ?>) requireNonNull(at, path)).get(step);
    }
    return ((Number) requireNonNull(at, path)).longValue();
  }

  /** Every path with its value, in the order of the document. */
  Map<String, Object> leaves() {
    Map<String, Object> leaves = new LinkedHashMap<>();
    collect("", json, leaves);
    return leaves;
  }

  List<String> paths() {
    return new ArrayList<>(leaves().keySet());
  }

  /** The text with every number, and every value of the head, replaced by a mark. */
  String shape() {
    return text.replaceAll("(\"(?:source|version)\"):\"[^\"]*\"", "$1:#")
        .replaceAll(":-?\\d+", ":#");
  }

  private static void collect(String prefix, Map<?, ?> map, Map<String, Object> leaves) {
    map.forEach(
        (key, value) -> {
          String path = prefix.isEmpty() ? key.toString() : prefix + "/" + key;
          if (value instanceof Map<?, ?> nested) {
            collect(path, nested, leaves);
          } else {
            leaves.put(path, value);
          }
        });
  }
}
