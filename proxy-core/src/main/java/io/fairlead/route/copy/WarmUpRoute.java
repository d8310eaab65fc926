package io.fairlead.route.copy;

import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.protocol.Expiry;
import io.fairlead.protocol.HitLine;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;

/** A cold cache that is warmed from another one by the reads that miss in it. */
final class WarmUpRoute extends FillingRoute {
  private final boolean asksTtl;
  private final int fixedExpiry;
  private final boolean fixed;

  WarmUpRoute(RouteContext context, WarmUpSettings settings, Route cold, Route warm) {
    super(context, "warm-up", cold, warm);
    Integer expiry = settings.expiry();
    fixed = expiry != null;
    fixedExpiry = expiry == null ? 0 : expiry;
    asksTtl = settings.copiesTtl() && !fixed;
  }

  @Override
  boolean asksTtl() {
    return asksTtl;
  }

  /** A server that does not know the time that is left gives copies that stay for ever. */
  @Override
  int expiry(HitLine original) {
    return fixed || !asksTtl ? fixedExpiry : Expiry.after(original.ttl(), Expiry.nowSeconds());
  }

  /** The warm cache is on its way out: what the cold one says counts. */
  @Override
  boolean tellsFailureOfBack() {
    return false;
  }
}
