package io.fairlead.testkit.cache;

import java.util.Locale;

/** What {@code stats} counts, in the order it prints. */
enum Counter {
  CMD_GET,
  CMD_SET,
  CMD_FLUSH,
  CMD_TOUCH,
  CMD_META,
  GET_HITS,
  GET_MISSES,
  GET_EXPIRED,
  GET_FLUSHED,
  DELETE_MISSES,
  DELETE_HITS,
  INCR_MISSES,
  INCR_HITS,
  DECR_MISSES,
  DECR_HITS,
  CAS_MISSES,
  CAS_HITS,
  CAS_BADVAL,
  TOUCH_HITS,
  TOUCH_MISSES,
  STORE_TOO_LARGE,
  BYTES_READ,
  BYTES_WRITTEN,
  TOTAL_ITEMS,
  EVICTIONS;

  String statName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
