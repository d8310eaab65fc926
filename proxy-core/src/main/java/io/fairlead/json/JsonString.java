package io.fairlead.json;

/** A string, its escapes resolved. */
public record JsonString(Position position, String text) implements Json {
  @Override
  public JsonString movedTo(Position elsewhere) {
    return new JsonString(elsewhere, text);
  }

  @Override
  public String kind() {
    return "a string";
  }

  @Override
  public int weight() {
    return Extent.weight(text);
  }
}
