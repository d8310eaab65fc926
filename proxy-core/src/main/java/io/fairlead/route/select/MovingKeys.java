package io.fairlead.route.select;

import io.fairlead.hashing.RoutingKey;
import io.fairlead.hashing.Spooky;

/**
 * When keys move from one place to another.
 *
 * <pre>
 *   start        + interval              + 2 * interval
 *     |              | keys move, each at     |
 *     |              | a moment of its own    |
 *     | deletes go to both places ----------->|
 * </pre>
 */
final class MovingKeys {
  private final Spooky spooky = new Spooky();
  private final long start;
  private final long interval;

  /** In seconds, the start since 1970. */
  MovingKeys(long start, long interval) {
    this.start = start;
    this.interval = interval;
  }

  /** The moment from which on a key is in its new place. */
  long moment(byte[] key, int length) {
    if (interval <= 0) {
      return start;
    }
    int hashed = RoutingKey.hashedLength(key, 0, length);
    int hash = spooky.hash32(key, 0, hashed, 0);
    return start + interval + Integer.toUnsignedLong(hash) % interval;
  }

  boolean hasBegun(long now) {
    return now >= start;
  }

  boolean isOver(long now) {
    return now >= start + 2 * interval;
  }
}
