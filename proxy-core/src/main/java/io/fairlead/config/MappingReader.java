package io.fairlead.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the keys of one map. A key is known because somebody asked for it, so code and error
 * messages cannot disagree on what is known.
 */
final class MappingReader {
  private final ConfigValue map;
  private final Map<String, Entry> unread = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  MappingReader(ConfigValue map, MappingNode node) {
    this.map = map;
    for (NodeTuple tuple : node.getValue()) {
      add(tuple);
    }
  }

  /** A key, whose path is that of its value, and the value. */
  record Entry(String name, ConfigValue key, ConfigValue value) {}

  /** The map itself. */
  ConfigValue map() {
    return map;
  }

  /** The value of a key, or {@code absent}; also when it was refused, as the load then fails. */
  <T> T optional(String key, T absent, ValueKind<T> kind) {
    ConfigValue value = take(key);
    T result = value == null ? null : kind.read(value);
    return result == null ? absent : result;
  }

  /** The value of a key; null when it is absent or was refused. */
  <T> @Nullable T orNull(String key, ValueKind<T> kind) {
    ConfigValue value = take(key);
    return value == null ? null : kind.read(value);
  }

  /** The value of a key, null when it was refused or reported as missing. */
  <T> @Nullable T required(String key, String expected, ValueKind<T> kind) {
    ConfigValue value = take(key);
    if (value == null) {
      map.refuseMissing(key, expected);
      return null;
    }
    return kind.read(value);
  }

  /** The value of a key as it stands; null when the key is absent. */
  @Nullable ConfigValue take(String key) {
    known.add(key);
    Entry entry = unread.remove(key);
    return entry == null ? null : entry.value();
  }

  /** The value of a key that somebody will take, or null. */
  @Nullable ConfigValue peek(String key) {
    Entry entry = unread.get(key);
    return entry == null ? null : entry.value();
  }

  /** The first key that is one of these words, and that somebody will take; null for none. */
  @Nullable String firstOf(Set<String> words) {
    for (String key : unread.keySet()) {
      if (words.contains(key)) {
        known.add(key);
        return key;
      }
    }
    return null;
  }

  boolean isEmpty() {
    return unread.isEmpty();
  }

  /** All entries of a map whose keys are names that the user chooses. */
  List<Entry> takeAll() {
    List<Entry> entries = new ArrayList<>(unread.values());
    unread.clear();
    return entries;
  }

  void refuseUnknownKeys() {
    for (Entry entry : unread.values()) {
      entry
          .key()
          .refuseAs(
              "unknown key",
              ValueKind.anyOf(List.copyOf(known)),
              NearestKey.hint(entry.name(), known));
    }
  }

  private void add(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      map.at("?", tuple.getKeyNode()).refuse("a word as key");
      return;
    }
    String name = key.getValue();
    Entry entry = new Entry(name, map.at(name, key), map.at(name, tuple.getValueNode()));
    Entry first = unread.putIfAbsent(name, entry);
    if (first != null) {
      entry
          .key()
          .refuseAs(
              "duplicate key", "each key once; the first is at " + first.key().position(), null);
    }
  }
}
