package io.fairlead.json;

/**
 * A key of an object and its value.
 *
 * @param position of the key
 */
public record JsonMember(String key, Position position, Json value) {
  public JsonMember(String key, Json value) {
    this(key, value.position(), value);
  }

  public JsonMember withValue(Json other) {
    return new JsonMember(key, position, other);
  }
}
