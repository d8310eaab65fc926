package io.fairlead.server.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the log.
 *
 * @param timeMillis since 1970
 * @param level {@code info}, {@code warn} or {@code error}
 * @param message a sentence that is always the same for what has happened
 * @param pairs what is particular about it, in the order it was logged
 */
public record Event(long timeMillis, String level, String message, Map<String, String> pairs) {
  public Event {
    pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
  }
}
