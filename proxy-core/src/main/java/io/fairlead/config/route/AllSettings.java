package io.fairlead.config.route;

import java.util.List;

/** Every request goes to every child. */
public record AllSettings(Mode mode, List<RouteSettings> children) implements RouteSettings {
  public AllSettings {
    children = List.copyOf(children);
  }

  /** Which reply is the answer. */
  public enum Mode {
    /** The worst, when all have come. */
    SYNC,
    /** The first that another server could not better. */
    FASTEST,
    /** That of the first child. */
    INITIAL,
    /** The first result that more than half of them have, else the most frequent. */
    MAJORITY,
    /** None: that nothing was done is answered at once. */
    ASYNC
  }
}
