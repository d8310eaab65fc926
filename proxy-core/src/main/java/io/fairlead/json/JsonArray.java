package io.fairlead.json;

import java.util.List;

/** Values in order. */
public final class JsonArray implements Json {
  private final Position position;
  private final List<Json> items;
  private final int weight;
  private final int depth;

  public JsonArray(Position position, List<? extends Json> items) {
    this.position = position;
    this.items = List.copyOf(items);
    this.weight = Extent.weight(this.items);
    this.depth = Extent.depth(this.items);
  }

  @Override
  public Position position() {
    return position;
  }

  public List<Json> items() {
    return items;
  }

  @Override
  public JsonArray movedTo(Position elsewhere) {
    return new JsonArray(elsewhere, items);
  }

  @Override
  public String kind() {
    return "an array";
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
