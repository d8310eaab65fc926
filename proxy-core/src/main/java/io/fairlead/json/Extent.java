package io.fairlead.json;

import java.util.Collection;

/**
 * How large and how deep an array or object is. Kept in each of them, because parts may be shared:
 * thirty arrays of two elements, each the array before, are a thousand million values to whoever
 * walks through them.
 */
final class Extent {
  private static final int CHARACTERS = 16;

  private Extent() {}

  static int weight(String text) {
    return 1 + text.length() / CHARACTERS;
  }

  static int weight(Collection<? extends Json> values) {
    long weight = 1;
    for (Json value : values) {
      weight += value.weight();
    }
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  static int depth(Collection<? extends Json> values) {
    int depth = 0;
    for (Json value : values) {
      depth = Math.max(depth, value.depth());
    }
    return depth + 1;
  }
}
