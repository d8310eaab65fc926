package io.fairlead.json;

/** A number with a fraction or an exponent, or beyond 64 bits. */
public record JsonDouble(Position position, double value) implements Json {
  @Override
  public JsonDouble movedTo(Position elsewhere) {
    return new JsonDouble(elsewhere, value);
  }

  @Override
  public String kind() {
    return "a number";
  }
}
