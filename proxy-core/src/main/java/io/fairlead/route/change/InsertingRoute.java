package io.fairlead.route.change;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.hashing.RoutingKey;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;

/** Keys live under another name, which has some bytes more in it. */
final class InsertingRoute extends KeyChangingRoute {
  private final byte[] inserted;
  private final Place place;

  /** Where the bytes are put. */
  enum Place {
    /** Behind what is hashed. */
    BEFORE_HASH_STOP {
      @Override
      int in(byte[] key, int length) {
        return RoutingKey.hashedLength(key, 0, length);
      }
    },
    /** Behind the id of the shard, which is there. */
    BEHIND_SHARD {
      @Override
      int in(byte[] key, int length) {
        return Shard.end(key, length);
      }
    };

    abstract int in(byte[] key, int length);
  }

  InsertingRoute(RouteContext context, String inserted, Place place, Route child) {
    super(context, "key-suffix|" + inserted, "KeySplitRoute", inserted.length(), child);
    this.inserted = inserted.getBytes(US_ASCII);
    this.place = place;
  }

  @Override
  int change(byte[] key, int length, byte[] other) {
    int at = place.in(key, length);
    System.arraycopy(key, 0, other, 0, at);
    System.arraycopy(inserted, 0, other, at, inserted.length);
    System.arraycopy(key, at, other, at + inserted.length, length - at);
    return length + inserted.length;
  }
}
