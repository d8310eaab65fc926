package io.fairlead.route.copy;

import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.hashing.RoutingKey;
import io.fairlead.hashing.Spooky;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Of which requests a shadow gets copies: by their key, then by chance. */
final class ShadowChoice {
  private static final long LARGEST_HASH = 0xffffffffL;

  private final Spooky spooky = new Spooky();
  private final boolean byHash;
  private final long fromHash;
  private final long toHash;
  private final @Nullable KeyList keys;
  private final double requests;

  ShadowChoice(Shadow settings) {
    byHash = settings.keysFrom() > 0 || settings.keysTo() < 1;
    fromHash = (long) (settings.keysFrom() * LARGEST_HASH);
    toHash = (long) (settings.keysTo() * LARGEST_HASH);
    Set<String> listed = settings.keys();
    keys = listed == null ? null : new KeyList(listed);
    requests = settings.requests();
  }

  /** Whether this request, of several for the key, is copied. */
  boolean takes(byte[] key, int length) {
    return takesKey(key, length)
        && (requests >= 1 || ThreadLocalRandom.current().nextDouble() < requests);
  }

  /** Whether requests for the key may be copied. What counts is the part that is routed by. */
  boolean takesKey(byte[] key, int length) {
    if (!byHash && keys == null) {
      return true;
    }
    int from = RoutingKey.prefixLength(key, 0, length);
    int counts = RoutingKey.hashedLength(key, from, length - from);
    if (keys != null && !keys.contains(key, from, counts)) {
      return false;
    }
    if (!byHash) {
      return true;
    }
    long hash = Integer.toUnsignedLong(spooky.hash32(key, from, counts, 0));
    return hash >= fromHash && hash <= toHash;
  }
}
