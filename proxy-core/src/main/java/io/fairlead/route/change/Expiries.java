package io.fairlead.route.change;

import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.protocol.Expiry;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/** How expiry times are changed. */
final class Expiries {
  private Expiries() {}

  /** The change that is configured; what is over already stays so. */
  static IntUnaryOperator change(ModifyExpirySettings settings, LongSupplier secondsSince1970) {
    int limit = settings.expiry();
    return switch (settings.action()) {
      case SET -> expiry -> expiry < 0 ? expiry : limit;
      case MIN -> expiry -> Expiry.sooner(expiry, limit, secondsSince1970);
    };
  }
}
