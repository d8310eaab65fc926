package io.fairlead.json;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys with their values, in the order in which they were written; each key once. */
public final class JsonObject implements Json {
  private final Position position;
  private final Map<String, JsonMember> members;
  private final int weight;
  private final int depth;

  /** Of members with the same key the last one counts, in the place of the first. */
  public JsonObject(Position position, Collection<JsonMember> members) {
    this.position = position;
    Map<String, JsonMember> byKey = new LinkedHashMap<>();
    for (JsonMember member : members) {
      byKey.put(member.key(), member);
    }
    this.members = byKey.isEmpty() ? Map.of() : byKey;
    List<Json> values = byKey.values().stream().map(JsonMember::value).toList();
    long keys = byKey.keySet().stream().mapToLong(Extent::weight).sum();
    this.weight = (int) Math.min(Extent.weight(values) + keys, Integer.MAX_VALUE);
    this.depth = Extent.depth(values);
  }

  @Override
  public Position position() {
    return position;
  }

  public Collection<JsonMember> members() {
    return Collections.unmodifiableCollection(members.values());
  }

  public int size() {
    return members.size();
  }

  public boolean has(String key) {
    return members.containsKey(key);
  }

  /** The value of the key; null when there is no such key. */
  public @Nullable Json value(String key) {
    JsonMember member = members.get(key);
    return member == null ? null : member.value();
  }

  /** The same without one of the keys, or the object itself when it has no such key. */
  public JsonObject without(String key) {
    if (!has(key)) {
      return this;
    }
    return new JsonObject(
        position, members().stream().filter(member -> !member.key().equals(key)).toList());
  }

  @Override
  public JsonObject movedTo(Position elsewhere) {
    return new JsonObject(elsewhere, members());
  }

  @Override
  public String kind() {
    return "an object";
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public String toString() {
    return JsonWriter.compact(this);
  }
}
