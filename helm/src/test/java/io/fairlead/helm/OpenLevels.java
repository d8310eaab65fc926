package io.fairlead.helm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects in a schema of values that may have keys which it does not name. */
final class OpenLevels {
  private final List<String> found = new ArrayList<>();

  private OpenLevels() {}

  /** Their places, as {@code #/properties/affinity}. */
  static List<String> of(Path chart) {
    OpenLevels levels = new OpenLevels();
    Map<String, Object> schema = Chart.map(Chart.read(chart.resolve("values.schema.json")));
    levels.look("#", schema);
    return levels.found;
  }

  private void look(String place, Map<String, Object> schema) {
    boolean isList = place.endsWith("/items"); // maps of Kubernetes, which Helm hands on
    if ("object".equals(schema.get("type")) && !schema.containsKey("additionalProperties")) {
      if (!isList) {
        found.add(place);
      }
    }
    for (String group : List.of("properties", "definitions")) {
      if (schema.get(group) instanceof Map<?, ?> children) {
        Values.asMap(children)
            .forEach((name, child) -> look(place + "/" + group + "/" + name, Values.asMap(child)));
      }
    }
    for (String one : List.of("items", "additionalProperties")) {
      if (schema.get(one) instanceof Map<?, ?> child) {
        look(place + "/" + one, Values.asMap(child));
      }
    }
    if (schema.get("oneOf") instanceof List<?> choices) {
      choices.forEach(choice -> look(place, Values.asMap(choice)));
    }
  }
}
