package io.fairlead.server.top;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which rows of a table are shown when not all fit: those in trouble first, and a last line is kept
 * for what is left.
 *
 * @param left those that are not shown
 */
record Chosen<T>(List<T> shown, List<T> left) {
  static <T> Chosen<T> of(List<T> all, Predicate<T> isWell, int room) {
    if (all.size() <= room) {
      return new Chosen<>(all, List.of());
    }
    List<T> ordered =
        Stream.concat(
                all.stream().filter(isWell.negate()), // both in the order of the configuration
                all.stream().filter(isWell))
            .toList();
    int shown = Math.max(0, room - 1);
    return new Chosen<>(ordered.subList(0, shown), ordered.subList(shown, ordered.size()));
  }
}
