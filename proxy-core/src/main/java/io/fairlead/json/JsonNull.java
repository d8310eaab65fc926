package io.fairlead.json;

/** The word {@code null}. */
public record JsonNull(Position position) implements Json {
  @Override
  public JsonNull movedTo(Position elsewhere) {
    return new JsonNull(elsewhere);
  }

  @Override
  public String kind() {
    return "null";
  }
}
