package io.fairlead.testkit.cache;

import java.util.ArrayList;
import java.util.List;

/** The size classes of a memcached with default settings; {@code me} tells the class of an item. */
final class SlabClasses {
  private static final int SMALLEST = 96;
  private static final int LARGEST = 1 << 19;
  private static final double GROWTH = 1.25;
  private static final List<Integer> SIZES = sizes();

  private SlabClasses() {}

  static int of(int bytes) {
    for (int i = 0; i < SIZES.size(); i++) {
      if (bytes <= SIZES.get(i)) {
        return i + 1;
      }
    }
    return SIZES.size();
  }

  private static List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    int size = SMALLEST;
    while (size < LARGEST / GROWTH) {
      size = (size + 7) / 8 * 8;
      sizes.add(size);
      size = (int) (size * GROWTH);
    }
    sizes.add(LARGEST);
    return List.copyOf(sizes);
  }
}
