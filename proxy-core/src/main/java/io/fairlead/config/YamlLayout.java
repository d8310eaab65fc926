package io.fairlead.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lays out maps, lists and scalars as YAML: on one line what fits into it, else an entry on a line.
 * Keys and scalars are given as they are to be written.
 */
final class YamlLayout {
  private static final int LONGEST_LINE = 100;

  private final StringBuilder yaml;

  YamlLayout(StringBuilder yaml) {
    this.yaml = yaml;
  }

  /** Writes an entry of a map behind so many blanks. */
  void entry(int indent, String key, Object value) {
    entry(" ".repeat(indent), indent, key, value);
  }

  /** As above, with something else in place of the blanks. */
  private void entry(String before, int indent, String key, Object value) {
    String line = before + key + ": " + flow(value);
    if (line.length() <= LONGEST_LINE || !isNested(value)) {
      yaml.append(line).append('\n');
      return;
    }
    yaml.append(before).append(key).append(":\n");
    block(indent + 2, value);
  }

  private void block(int indent, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> entry(indent, key.toString(), inner));
      return;
    }
    for (Object item : (List<?>) value) {
      item(indent, item);
    }
  }

  private void item(int indent, Object item) {
    String before = " ".repeat(indent) + "- ";
    String line = before + flow(item);
    if (line.length() <= LONGEST_LINE || !(item instanceof Map<?, ?> map)) {
      yaml.append(line).append('\n');
      return;
    }
    String start = before;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entry(start, indent + 2, entry.getKey().toString(), entry.getValue());
      start = " ".repeat(indent + 2);
    }
  }

  private static boolean isNested(Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof List<?> list && !list.isEmpty());
  }

  /** On one line, however long. */
  static String flow(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty()
          ? "{}"
          : map.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
              .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(YamlLayout::flow).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toString();
  }
}
