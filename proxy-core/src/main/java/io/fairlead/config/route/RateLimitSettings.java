package io.fairlead.config.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At most so many requests pass.
 *
 * @param fallback what gets the others; null to answer that nothing was done
 */
public record RateLimitSettings(
    RouteSettings target,
    @Nullable Rate gets,
    @Nullable Rate updates,
    @Nullable Rate deletes,
    @Nullable RouteSettings fallback)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public RateLimitSettings(
      RouteSettings target,
      @Nullable Rate gets,
      @Nullable Rate updates,
      @Nullable Rate deletes,
      @Nullable RouteSettings fallback) {
    this.target = target;
    this.gets = gets;
    this.updates = updates;
    this.deletes = deletes;
    this.fallback = fallback;
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(List.of(target), fallback);
  }

  /** Requests in a second, and how many may come at once. */
  public record Rate(double perSecond, double burst) {}
}
