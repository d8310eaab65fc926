package io.fairlead.server.warm;

/** Times to live, as they are written in a request. */
final class Expiry {
  /** More seconds than that are a date to memcached, counted from 1970. */
  private static final long LONGEST_RELATIVE = 60L * 60 * 24 * 30;

  private Expiry() {}

  static long written(long ttl, long nowSeconds) {
    if (ttl < 0) {
      return 0;
    }
    return ttl > LONGEST_RELATIVE ? nowSeconds + ttl : ttl;
  }
}
