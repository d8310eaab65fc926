package io.fairlead.config.route;

import java.util.List;

/** Changes the expiry of what passes. */
public record ModifyExpirySettings(RouteSettings target, int expiry, Action action)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }

  /** How. */
  public enum Action {
    SET,
    /** The smaller of both, where 0 is the largest. */
    MIN
  }
}
