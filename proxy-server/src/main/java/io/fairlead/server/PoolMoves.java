package io.fairlead.server;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.placement.Comparison;
import io.fairlead.placement.KeyShape;
import io.fairlead.placement.PoolPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pools of two configurations, of which one takes the place of the other.
 *
 * @param pools those of both, in which keys may move
 * @param lost the names of those that only the first one has
 * @param added the names of those that only the second one has
 */
record PoolMoves(List<Comparison> pools, List<String> lost, List<String> added) {
  private static final int KEYS_OF_EACH_SHAPE = 20_000;

  PoolMoves {
    pools = List.copyOf(pools);
    lost = List.copyOf(lost);
    added = List.copyOf(added);
  }

  /** Those of the same names. */
  static PoolMoves of(ProxySettings old, ProxySettings now) {
    List<Comparison> pools = new ArrayList<>();
    for (PoolSettings before : old.pools()) {
      for (PoolSettings after : now.pools()) {
        if (before.name().equals(after.name())) {
          pools.add(comparison(before, after));
        }
      }
    }
    return new PoolMoves(pools, without(old, now), without(now, old));
  }

  static Comparison comparison(PoolSettings before, PoolSettings after) {
    return new Comparison(PoolPlacement.of(before), PoolPlacement.of(after));
  }

  /** The pools of one configuration that the other one does not have. */
  private static List<String> without(ProxySettings settings, ProxySettings other) {
    List<String> names = other.pools().stream().map(PoolSettings::name).toList();
    return settings.pools().stream()
        .map(PoolSettings::name)
        .filter(name -> !names.contains(name))
        .toList();
  }

  /** Looks where a key is in each pool, before and after. */
  void count(byte[] key, int from, int length) {
    for (Comparison pool : pools) {
      pool.add(key, from, length);
    }
  }

  /** Does so with made-up keys. */
  void countMadeUp() {
    for (KeyShape shape : KeyShape.values()) {
      for (int number = 0; number < KEYS_OF_EACH_SHAPE; number++) {
        byte[] key = shape.key(number);
        count(key, 0, key.length);
      }
    }
  }

  /** A line that says which keys these are. */
  static String sample() {
    String shapes =
        List.of(KeyShape.values()).stream().map(KeyShape::label).collect(Collectors.joining(", "));
    return "made-up keys, " + KEYS_OF_EACH_SHAPE + " of each shape: " + shapes + "\n";
  }
}
