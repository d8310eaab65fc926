package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Position;

/**
 * What an expansion may cost, so that a few lines cannot keep the proxy busy for ever or fill its
 * memory. Parts of values are shared, so that there are two sizes: what was made, which is memory,
 * and the weight of a value, which is what its reader will walk through.
 */
final class Budget {
  /** Far above what people write: a pool of ten thousand servers weighs ten thousand. */
  static final int HEAVIEST = 1_000_000;

  private static final int MOST_STEPS = 10_000_000;
  private static final int DEEPEST_CALL = 250;

  private long steps;
  private long made;
  private int depth;

  /** One level further into the document or its macros; {@link #leave} leads back. */
  void enter(Position at) {
    spend(1, at);
    if (depth >= DEEPEST_CALL - 1) {
      throw new MacroException(
          at,
          DEEPEST_CALL
              + " calls and values inside each other (expected: a macro that comes to an end)");
    }
    depth++;
  }

  void leave() {
    depth--;
  }

  void spend(long work, Position at) {
    steps += work;
    if (steps > MOST_STEPS) {
      throw new MacroException(
          at, "more than " + MOST_STEPS + " steps so far (expected: macros that do less)");
    }
  }

  /** Before or after parts of a value were made. */
  void make(long parts, Position at) {
    made += parts;
    if (made > HEAVIEST) {
      throw tooMuch(at);
    }
  }

  /** Every array or object that is made comes by here. */
  <T extends Json> T checked(T json) {
    if (json.weight() > HEAVIEST) {
      throw tooMuch(json.position());
    }
    if (json.depth() > JsonReader.DEEPEST) {
      throw new MacroException(
          json.position(),
          "a value of " + json.depth() + " levels (expected: at most " + JsonReader.DEEPEST + ")");
    }
    return json;
  }

  private static MacroException tooMuch(Position at) {
    return new MacroException(
        at, "more than " + HEAVIEST + " values so far (expected: macros that make less)");
  }
}
