package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What settings say that others, made from them, do not: each by its path and its value.
 *
 * <p>All that {@link ConfigWriter} writes is compared, so that no setting can be forgotten here.
 */
final class LostSettings {
  /** What nutcracker does without being told; a nutcracker.yml has no words for it. */
  private static final Map<String, Object> AS_NUTCRACKER =
      Map.of(
          "on_parse_error", "close",
          "multiget_failure", "error",
          "error_text", "twemproxy");

  private static final int MOST_SHOWN = 5;

  private final List<String> lost = new ArrayList<>();

  private LostSettings() {}

  /**
   * @param kept with the same pools, and with as many listeners in the same order
   * @param places the index of each listener in the file that the user knows
   */
  static List<String> of(ProxySettings given, ProxySettings kept, List<Integer> places) {
    LostSettings comparison = new LostSettings();
    Map<?, ?> ours = (Map<?, ?>) ConfigTree.of(ConfigWriter.render(given));
    Map<?, ?> theirs = (Map<?, ?>) ConfigTree.of(ConfigWriter.render(kept));
    List<?> listeners = (List<?>) Objects.requireNonNull(ours.remove("listeners"));
    List<?> keptListeners = (List<?>) Objects.requireNonNull(theirs.remove("listeners"));
    for (int i = 0; i < listeners.size(); i++) {
      String path = "listeners[" + places.get(i) + "]";
      comparison.compare(path, "", listeners.get(i), keptListeners.get(i));
    }
    comparison.compareMaps("", ours, theirs);
    return comparison.lost;
  }

  private void compareMaps(String path, Map<?, ?> given, Map<?, ?> kept) {
    given.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          compare(KeyPlaces.path(path, name), name, value, kept.get(key));
        });
  }

  private void compare(String path, String key, Object given, @Nullable Object kept) {
    if (given.equals(kept) || given.equals(AS_NUTCRACKER.get(key))) {
      return;
    }
    if (given instanceof Map<?, ?> map && kept instanceof Map<?, ?> other) {
      compareMaps(path, map, other);
      return;
    }
    if (given instanceof List<?> list
        && kept instanceof List<?> other
        && list.size() == other.size()) {
      for (int i = 0; i < list.size(); i++) {
        compare(path + "[" + i + "]", "", list.get(i), other.get(i));
      }
      return;
    }
    lost.add(path + ": " + shown(given));
  }

  private static String shown(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "{}" : "{…}";
    }
    if (value instanceof List<?> list) {
      boolean isShort =
          list.size() <= MOST_SHOWN
              && list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
      return isShort
          ? list.stream().map(LostSettings::shown).collect(Collectors.joining(", ", "[", "]"))
          : "[…]";
    }
    return QuotedText.shorten(String.valueOf(value));
  }
}
