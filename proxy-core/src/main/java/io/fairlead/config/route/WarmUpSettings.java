package io.fairlead.config.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads that miss in a cold cache are answered from a warm one and copied to the cold one.
 *
 * @param expiry of the copies; null to take that of the original
 * @param copiesTtl whether that is asked for; else the copies without an expiry never expire
 */
public record WarmUpSettings(
    RouteSettings cold, RouteSettings warm, @Nullable Integer expiry, boolean copiesTtl)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public WarmUpSettings(
      RouteSettings cold, RouteSettings warm, @Nullable Integer expiry, boolean copiesTtl) {
    this.cold = cold;
    this.warm = warm;
    this.expiry = expiry;
    this.copiesTtl = copiesTtl;
  }

  @Override
  public List<RouteSettings> children() {
    return List.of(cold, warm);
  }
}
