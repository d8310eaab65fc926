package io.fairlead.server.admin;

import java.util.Map;

/**
 * Something that happened lately, as the log has it.
 *
 * @param timeMillis since 1970
 * @param level {@code info}, {@code warn} or {@code error}
 * @param pairs the facts, by their names in the log
 */
public record Event(long timeMillis, String level, String message, Map<String, String> pairs) {
  public Event {
    pairs = Map.copyOf(pairs);
  }
}
