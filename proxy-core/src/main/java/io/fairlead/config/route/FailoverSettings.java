package io.fairlead.config.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next child is asked when one fails.
 *
 * @param errors which results make it fail
 * @param order which child is the next
 * @param limit how often that may happen; null for always
 */
public record FailoverSettings(
    List<RouteSettings> children, FailoverErrors errors, FailoverOrder order, @Nullable Limit limit)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public FailoverSettings(
      List<RouteSettings> children,
      FailoverErrors errors,
      FailoverOrder order,
      @Nullable Limit limit) {
    this.children = List.copyOf(children);
    this.errors = errors;
    this.order = order;
    this.limit = limit;
  }

  /**
   * Requests that may fail over: each request adds {@code rate} to an account that holds {@code
   * burst} at most, and each failover takes one from it.
   */
  public record Limit(double rate, double burst) {}
}
