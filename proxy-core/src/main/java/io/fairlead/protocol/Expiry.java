package io.fairlead.protocol;

import java.util.function.LongSupplier;

/**
 * Expiry times as memcached takes them: a small number is a number of seconds from now, a large one
 * is seconds since 1970, 0 is never, and a negative one is over already.
 */
public final class Expiry {
  /** The largest number of seconds from now. */
  public static final int LONGEST_RELATIVE = 30 * 24 * 60 * 60;

  private Expiry() {}

  /**
   * The expiry of something that is to live so many seconds more.
   *
   * @param ttl negative for ever; 0 for the rest of a second, of which the least is a whole one
   */
  public static int after(long ttl, long nowSeconds) {
    if (ttl < 0) {
      return 0;
    }
    if (ttl <= LONGEST_RELATIVE) {
      return (int) Math.max(1, ttl);
    }
    return (int) Math.min(Integer.MAX_VALUE, nowSeconds + ttl);
  }

  /**
   * The one of two that comes first.
   *
   * @param nowSeconds since 1970; asked only where one of them is a date
   */
  public static int sooner(int expiry, int limit, LongSupplier nowSeconds) {
    if (expiry < 0 || limit == 0) {
      return expiry;
    }
    if (expiry == 0) {
      return limit;
    }
    if (expiry <= LONGEST_RELATIVE && limit <= LONGEST_RELATIVE) {
      return Math.min(expiry, limit);
    }
    return fromNow(expiry, nowSeconds) <= fromNow(limit, nowSeconds) ? expiry : limit;
  }

  private static long fromNow(int expiry, LongSupplier nowSeconds) {
    return expiry <= LONGEST_RELATIVE ? expiry : expiry - nowSeconds.getAsLong();
  }

  /** The time, in seconds since 1970. */
  public static long nowSeconds() {
    return System.currentTimeMillis() / 1000;
  }
}
