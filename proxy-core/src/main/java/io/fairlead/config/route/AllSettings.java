package io.fairlead.config.route;

import java.util.List;

/**
 * Every request goes to every child.
 *
 * @param touchedHidesErrors whether {@code TOUCHED} counts as worse than every error, as it does in
 *     mcrouter
 */
public record AllSettings(Mode mode, List<RouteSettings> children, boolean touchedHidesErrors)
    implements RouteSettings {
  public AllSettings {
    children = List.copyOf(children);
  }

  /** One in which {@code TOUCHED} counts as the success that it is. */
  public AllSettings(Mode mode, List<RouteSettings> children) {
    this(mode, children, false);
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
    ASYNC;

    /** Whether it matters which of two replies is the worse one. */
    public boolean compares() {
      return this == SYNC || this == MAJORITY;
    }
  }
}
