package io.fairlead.json;

/** A key that an object has twice, of which the second counts. */
public record DuplicateKey(String key, Position first, Position second) {
  @Override
  public String toString() {
    return second
        + ": the key "
        + Excerpt.quoted(key)
        + " stands at "
        + first
        + " already, and only the last one counts";
  }
}
