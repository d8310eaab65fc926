package io.fairlead.helm;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values of a chart, as a tree of maps. */
record Values(Map<String, Object> asMap) {
  static Values defaults() {
    return of(Chart.read(Chart.FOLDER.resolve("values.yaml")));
  }

  static Values of(String yaml) {
    return new Values(Chart.map(yaml));
  }

  /** These, with others in place of some, as Helm does it. */
  Values with(Map<String, Object> others) {
    return new Values(merge(asMap, others));
  }

  private static Map<String, Object> merge(Map<String, Object> to, Map<String, Object> from) {
    Map<String, Object> merged = new LinkedHashMap<>(to);
    from.forEach(
        (key, value) -> {
          Object present = merged.get(key);
          if (present instanceof Map && value instanceof Map) {
            merged.put(key, merge(asMap(present), asMap(value)));
          } else {
            merged.put(key, value);
          }
        });
    return merged;
  }

  /** All values by their paths, as in {@code proxy.port}; an empty map is a value. */
  Map<String, Object> leaves() {
    Map<String, Object> leaves = new LinkedHashMap<>();
    collect("", asMap, leaves);
    return leaves;
  }

  private static void collect(String path, Map<String, Object> map, Map<String, Object> leaves) {
    map.forEach(
        (key, value) -> {
          if (value instanceof Map && !asMap(value).isEmpty()) {
            collect(path + key + ".", asMap(value), leaves);
          } else {
            leaves.put(path + key, value);
          }
        });
  }

  @SuppressWarnings("unchecked") // keys of values are texts: the chart has no others
  static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }
}
