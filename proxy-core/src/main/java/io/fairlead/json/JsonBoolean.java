package io.fairlead.json;

/** {@code true} or {@code false}. */
public record JsonBoolean(Position position, boolean value) implements Json {
  @Override
  public JsonBoolean movedTo(Position elsewhere) {
    return new JsonBoolean(elsewhere, value);
  }

  @Override
  public String kind() {
    return "a boolean";
  }
}
