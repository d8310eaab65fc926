package io.fairlead.config.route;

import java.util.List;

/**
 * No server is asked.
 *
 * @param text what an error says
 */
public record AnswerSettings(Kind kind, String text) implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of();
  }

  /** What is answered. */
  public enum Kind {
    /** That nothing was done. */
    NULL,
    /** The same, and it is counted. */
    DEV_NULL,
    ERROR
  }
}
