package io.fairlead.route.change;

import io.fairlead.config.route.ModifyExpirySettings;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * How expiry times change. To memcached a small number is a number of seconds from now, a large one
 * is seconds since 1970, 0 is never, and a negative one is over already.
 */
final class Expiries {
  /** The largest number of seconds from now. */
  private static final int LONGEST = 30 * 24 * 60 * 60;

  private Expiries() {}

  /** The change that is configured; what is over already stays so. */
  static IntUnaryOperator change(ModifyExpirySettings settings, LongSupplier secondsSince1970) {
    int limit = settings.expiry();
    return switch (settings.action()) {
      case SET -> expiry -> expiry < 0 ? expiry : limit;
      case MIN -> expiry -> sooner(expiry, limit, secondsSince1970);
    };
  }

  private static int sooner(int expiry, int limit, LongSupplier now) {
    if (expiry < 0 || limit == 0) {
      return expiry;
    }
    if (expiry == 0) {
      return limit;
    }
    if (expiry <= LONGEST && limit <= LONGEST) {
      return Math.min(expiry, limit);
    }
    return fromNow(expiry, now) <= fromNow(limit, now) ? expiry : limit;
  }

  private static long fromNow(int expiry, LongSupplier now) {
    return expiry <= LONGEST ? expiry : expiry - now.getAsLong();
  }
}
