package io.fairlead.json;

/**
 * A JSON value and the place where it was written.
 *
 * <p>Values are compared by what they say with a comparison of the reader's own: where they were
 * written is part of them.
 */
public sealed interface Json
    permits JsonArray, JsonBoolean, JsonDouble, JsonInteger, JsonNull, JsonObject, JsonString {
  Position position();

  /** The same value, said to be written elsewhere; what is inside of it stays where it is. */
  Json movedTo(Position position);

  /** What it is, for messages: {@code a string}. */
  String kind();

  /**
   * How large it is with all that is in it: one for each value and each key, and one for every 16
   * characters of them; {@link Integer#MAX_VALUE} at most.
   */
  default int weight() {
    return 1;
  }

  /** How many arrays and objects are inside each other here, itself included. */
  default int depth() {
    return 0;
  }

  /** The value as compact JSON, for messages: on one line and shortened. */
  default String shown() {
    return Excerpt.of(this);
  }
}
