package io.fairlead.json;

/** A number without fraction that fits into 64 bits. */
public record JsonInteger(Position position, long value) implements Json {
  @Override
  public JsonInteger movedTo(Position elsewhere) {
    return new JsonInteger(elsewhere, value);
  }

  @Override
  public String kind() {
    return "an integer";
  }
}
