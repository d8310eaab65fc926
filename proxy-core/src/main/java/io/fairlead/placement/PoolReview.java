package io.fairlead.placement;

import io.fairlead.config.DurationText;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.RingSettings;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.Placement;
import io.fairlead.placement.PoolPlacement.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is legal in the settings of a pool but known to hurt: the traps that others fell into. */
public final class PoolReview {
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(5);

  /** A single server that is left out for longer than this is an outage of its own. */
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(5);

  private static final String ALL_FAIL = "while it is ejected every request fails";

  /** Of the keys of servers that are up, what an ejection may move before it is worth a warning. */
  private static final double MOST_MOVED = 0.25;

  private final PoolPlacement placement;
  private final PoolSettings pool;
  private final KeyPlaces places;
  private final List<Problem> warnings = new ArrayList<>();

  private PoolReview(PoolPlacement placement, KeyPlaces places) {
    this.placement = placement;
    this.pool = placement.pool();
    this.places = places;
  }

  /**
   * The warnings for a pool.
   *
   * @param shares what was measured; null where no hash decides
   */
  public static List<Problem> of(
      PoolPlacement placement, @Nullable Shares shares, KeyPlaces places) {
    PoolReview review = new PoolReview(placement, places);
    review.timeouts();
    review.soleServer();
    review.random();
    if (shares != null) {
      review.pointless();
      review.uneven(shares);
      review.ejection();
    }
    return review.warnings;
  }

  private void timeouts() {
    timeout("timeout", pool.timeout());
    if (!pool.connectTimeout().equals(pool.timeout())) {
      timeout("connect_timeout", pool.connectTimeout());
    }
  }

  private void timeout(String key, Duration timeout) {
    if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
      warn(
          key,
          DurationText.format(timeout),
          "10ms or more, as every pause of the network or of a garbage collector is a failure");
    } else if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      warn(
          key,
          DurationText.format(timeout),
          "5s or less, as clients wait this long for a server that is gone");
    }
  }

  private void soleServer() {
    if (placement.rule() != Rule.ONLY || !pool.eject().enabled()) {
      return;
    }
    if (pool.eject().time().compareTo(LONGEST_OUTAGE) <= 0) {
      // Without being asked Fairlead ejects for a second, which spares clients the time-outs.
      if (places.has(KeyPlaces.path("", pool.name()) + ".auto_eject_hosts")) {
        warn("eject", "true", "false, as the pool has one server: " + ALL_FAIL);
      }
    } else {
      warn(
          "eject.time",
          DurationText.format(pool.eject().time()),
          "5s or less, or eject: false, as the pool has one server: " + ALL_FAIL);
    }
  }

  private void random() {
    if (placement.rule() != Rule.ANY) {
      return;
    }
    warn(
        "distribution",
        "random",
        "ketama, unless the servers are filled by others:"
            + " what is written to one server is looked for on another");
    for (int server = 0; server < pool.servers().size(); server++) {
      if (pool.servers().get(server).weight() > 1) {
        warnOfServer(
            server,
            "weight " + pool.servers().get(server).weight(),
            "no weight, as distribution: random ignores it");
      }
    }
  }

  /** Servers whose weight leaves them no point on the ring. */
  private void pointless() {
    if (placement.rule() != Rule.RING) {
      return;
    }
    for (int server = 0; server < pool.servers().size(); server++) {
      if (placement.pointsOf(server) == 0) {
        warnOfServer(
            server,
            pool.servers().get(server).name() + " with weight " + placement.server(server).weight(),
            "a larger weight beside those of the others:"
                + " this one gives no point on the ring, and the server no keys");
      }
    }
  }

  private void uneven(Shares shares) {
    KeyHash hash = pool.placement() instanceof RingSettings ring ? ring.hash() : null;
    if (placement.rule() == Rule.RING && hash == KeyHash.CRC32) {
      warn(
          "hash",
          "crc32",
          "another hash with ketama, as crc32 has 15 bits here:"
              + " all keys go to the servers of the first points, mostly to one");
      return;
    }
    if (placement.rule() == Rule.RING && hash == KeyHash.CRC16) {
      warn(
          "hash",
          "crc16",
          "another hash with ketama, as crc16 of a short key has few bits:"
              + " keys of one character all go to one server, short ones to few");
      return;
    }
    for (KeyShape shape : KeyShape.values()) {
      Shares.Excess largest = shares.largest(shape);
      if (largest.times() > Shares.MOST_EXCESS) {
        warnOfUneven(hash, largest);
        return;
      }
    }
  }

  private void warnOfUneven(@Nullable KeyHash hash, Shares.Excess excess) {
    String keys = "keys like " + excess.shape().text(0);
    String gets =
        String.format(
            Locale.ROOT,
            "%s gets %.1f %% of them, %.1f times its share",
            placement.server(excess.server()).name(),
            100 * excess.share(),
            excess.times());
    if (hash != null) {
      warn("hash", hash.configName(), "a hash that spreads " + keys + ", such as murmur: " + gets);
    } else if (pool.placement() instanceof McrouterHashSettings mcrouter
        && mcrouter.function() == McrouterHash.WEIGHTED_CH3) {
      warn(
          "weights",
          "so small on the whole",
          "larger ones in the same proportion, as 32 draws do not find a server for all "
              + keys
              + ": "
              + gets);
    }
  }

  private void ejection() {
    if (!placement.rehashes()) {
      return;
    }
    double moved = movedByEjectionOf(0);
    if (moved > MOST_MOVED) {
      warn(
          "eject.then",
          "rehash",
          String.format(
              Locale.ROOT,
              "error, or distribution: ketama: without %s, %.0f %% of the keys of the other servers"
                  + " move",
              placement.server(0).name(),
              100 * moved));
    }
  }

  /** Of the keys that a server does not have, the part that moves when it is ejected. */
  private double movedByEjectionOf(int ejected) {
    Placement rest = placement.without(ejected);
    int others = 0;
    int moved = 0;
    for (int number = 0; number < 10_000; number++) {
      byte[] key = KeyShape.UUIDS.key(number);
      long hash = placement.hash(key, 0, key.length);
      int owner = placement.serverOf(hash, key, 0, key.length);
      if (owner >= 0 && owner != ejected) {
        others++;
        moved += rest.serverOf(hash, key, 0, key.length) == owner ? 0 : 1;
      }
    }
    return others == 0 ? 0 : moved / (double) others;
  }

  private void warnOfServer(int server, String value, String expected) {
    warn("servers[" + server + "]", value, expected);
  }

  /** At the key where the file has it, else at the pool. */
  private void warn(String key, String value, String expected) {
    String own = KeyPlaces.path("pools", pool.name());
    String base = places.has(own) ? own : KeyPlaces.path("", pool.name());
    for (String word : words(key)) {
      if (places.has(base + "." + word)) {
        warnings.add(places.problem(base + "." + word, base + "." + word, value, expected));
        return;
      }
    }
    warnings.add(places.problem(base, base + "." + key, value, expected));
  }

  /** A key, and what other dialects call it. */
  private static List<String> words(String key) {
    return switch (key) {
      case "timeout" -> List.of(key, "server_timeout");
      case "eject.time" -> List.of(key, "eject");
      case "eject" -> List.of(key, "auto_eject_hosts");
      case "eject.then" -> List.of(key, "eject", "auto_eject_hosts");
      default -> List.of(key);
    };
  }
}
