package io.fairlead.route.copy;

/** The expiry times of copies. */
final class Expiry {
  /** memcached takes a larger number for a date. */
  static final int LONGEST_RELATIVE = 60 * 60 * 24 * 30;

  private Expiry() {}

  /**
   * The expiry of something that is to live so many seconds more.
   *
   * @param ttl negative for ever; 0 for the rest of a second, of which the least is a whole one
   */
  static int after(long ttl, long nowSeconds) {
    if (ttl < 0) {
      return 0;
    }
    if (ttl <= LONGEST_RELATIVE) {
      return (int) Math.max(1, ttl);
    }
    return (int) Math.min(Integer.MAX_VALUE, nowSeconds + ttl);
  }

  /** The one of two expiry times that comes first, of which the second is relative. */
  static int first(int expiry, int limit, long nowSeconds) {
    if (expiry < 0 || limit <= 0) {
      return expiry;
    }
    if (expiry == 0) {
      return limit;
    }
    long ttl = expiry > LONGEST_RELATIVE ? expiry - nowSeconds : expiry;
    return ttl <= limit ? expiry : limit;
  }

  static long nowSeconds() {
    return System.currentTimeMillis() / 1000;
  }
}
