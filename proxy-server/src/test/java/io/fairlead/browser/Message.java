package io.fairlead.browser;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** What the browser says: a JSON object, of which YAML is a superset. */
record Message(Map<String, Object> values) {
  private static final int MAX_CHARACTERS = 64 << 20; // a screenshot is one string

  static Message parse(String json) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    return new Message(new Yaml(options).load(json));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  @Nullable Object value(String key) {
    return values.get(key);
  }

  String text(String key) {
    return String.valueOf(values.get(key));
  }

  /** The object under {@code key}; an empty one when there is none. */
  @SuppressWarnings("unchecked")
  Message object(String key) {
    return values.get(key) instanceof Map<?, ?> map
        ? new Message((Map<String, Object>) map)
        : new Message(Map.of());
  }

  /** The objects of the list under {@code key}. */
  @SuppressWarnings("unchecked")
  List<Message> objects(String key) {
    return values.get(key) instanceof List<?> list
        ? list.stream().map(each -> new Message((Map<String, Object>) each)).toList()
        : List.of();
  }
}
