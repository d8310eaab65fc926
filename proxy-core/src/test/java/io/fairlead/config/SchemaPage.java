package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the JSON Schema of the configuration as a page with one table for each kind of map. */
final class SchemaPage {
  private static final String HEAD =
      """
      # Configuration keys

      Every key of a configuration file in short, as the [JSON Schema](fairlead.schema.json) has it: this page is made from the schema, and a
      test fails when it is another. [Configuration](configuration.md) explains them, [routes](routes.md) those of routes, with examples.

      What stands behind a key in italics is needed. *time*, *size* and the like are at the [end](#values).
      """;

  private static final String REF = "#/$defs/";

  private final Map<String, Object> schema;
  private final Map<String, Object> definitions;
  private final StringBuilder out = new StringBuilder(HEAD);

  private SchemaPage(Map<String, Object> schema) {
    this.schema = schema;
    this.definitions = map(schema.get("$defs"));
  }

  static String of(Map<String, Object> schema) {
    return new SchemaPage(schema).write();
  }

  private String write() {
    section("Top level", schema);
    definitions.forEach(
        (name, definition) -> {
          if (isMap(definition)) {
            section(name, map(definition));
          }
        });
    out.append("\n## Values\n\n| Name | Is | Means |\n|---|---|---|\n");
    definitions.forEach(
        (name, definition) -> {
          if (!isMap(definition)) {
            row("*" + name + "*", value(map(definition)), meaning(map(definition)));
          }
        });
    return out.toString();
  }

  private static boolean isMap(Object definition) {
    return map(definition).containsKey("properties");
  }

  private void section(String title, Map<String, Object> object) {
    out.append("\n## ").append(title).append("\n\n");
    if (!title.equals("Top level") && object.get("description") instanceof String text) {
      out.append(text).append("\n\n");
    }
    out.append("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
    rows("", object);
  }

  /** A map that has no name of its own is told of in the table of the map it is in. */
  private void rows(String prefix, Map<String, Object> object) {
    List<?> required = object.get("required") instanceof List<?> list ? list : List.of();
    map(object.getOrDefault("properties", Map.of()))
        .forEach(
            (key, each) -> {
              Map<String, Object> property = map(each);
              String name = "`" + prefix + key + "`";
              row(
                  required.contains(key) ? "*" + name + "*" : name,
                  value(property),
                  defaultOf(property),
                  meaning(property));
              rows(prefix + key + ".", property);
            });
  }

  private void row(String... cells) {
    out.append(
        Stream.of(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static String defaultOf(Map<String, Object> property) {
    return property.containsKey("default") ? "`" + property.get("default") + "`" : "";
  }

  /** What is said at the key, or else at what it refers to. */
  private String meaning(Map<String, Object> property) {
    if (property.get("description") instanceof String text) {
      return text;
    }
    return property.get("$ref") instanceof String reference
        ? meaning(resolve(reference))
        : property.get("items") instanceof Map<?, ?> items ? meaning(map(items)) : "";
  }

  private Map<String, Object> resolve(String reference) {
    Map<String, Object> found = schema;
    for (String step : reference.substring(2).split("/", -1)) {
      found = map(found.get(step));
    }
    return found;
  }

  /** What a value may be, in words. */
  private String value(Map<String, Object> property) {
    if (property.get("$ref") instanceof String reference) {
      return reference.indexOf('/', REF.length()) < 0
          ? named(reference.substring(REF.length()))
          : value(resolve(reference));
    }
    for (String alternatives : List.of("anyOf", "oneOf")) {
      if (property.get(alternatives) instanceof List<?> list && !property.containsKey("type")) {
        return list.stream()
            .map(each -> value(map(each)))
            .distinct()
            .collect(Collectors.joining(", or "));
      }
    }
    if (property.containsKey("const")) {
      return "`" + property.get("const") + "`";
    }
    if (property.get("enum") instanceof List<?> values) {
      return values.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
    }
    return typed(property);
  }

  private String typed(Map<String, Object> property) {
    String type = String.valueOf(property.get("type"));
    return switch (type) {
      case "boolean" -> "`true`, `false`";
      case "integer" -> "number" + range(property);
      case "number" -> "number with a fraction" + range(property);
      case "array" -> "list of " + item(value(map(property.getOrDefault("items", Map.of()))));
      case "object" -> ofMap(property);
      default ->
          property.containsKey("pattern") ? "text like `" + property.get("pattern") + "`" : "text";
    };
  }

  private static String item(String value) {
    return value.contains(", or ") ? "(" + value + ")" : value;
  }

  private String ofMap(Map<String, Object> property) {
    return property.get("additionalProperties") instanceof Map<?, ?> values
        ? "map of names to " + value(map(values))
        : "map";
  }

  private static String range(Map<String, Object> property) {
    Object least = property.get("minimum");
    Object most = property.get("maximum");
    if (least == null) {
      return "";
    }
    return most == null ? " from " + least : ", " + least + " to " + most;
  }

  private String named(String name) {
    Object definition = definitions.get(name);
    if (definition == null) {
      throw new IllegalArgumentException("the schema has no " + name);
    }
    return isMap(definition) ? "[" + name + "](#" + name + ")" : "*" + name + "*";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("a map expected: " + value);
  }

  /** The keys that have nothing to say for themselves, with where they are. */
  static List<String> withoutMeaning(Map<String, Object> schema) {
    SchemaPage page = new SchemaPage(schema);
    List<String> silent = new ArrayList<>();
    page.silent("", schema, silent);
    page.definitions.forEach((name, each) -> page.silent(name + ".", map(each), silent));
    return silent;
  }

  private void silent(String prefix, Map<String, Object> object, List<String> found) {
    map(object.getOrDefault("properties", Map.of()))
        .forEach(
            (key, property) -> {
              if (meaning(map(property)).isEmpty()) {
                found.add(prefix + key);
              }
              silent(prefix + key + ".", map(property), found);
            });
  }
}
