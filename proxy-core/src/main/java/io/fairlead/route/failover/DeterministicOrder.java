package io.fairlead.route.failover;

import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.route.FailoverOrder.Deterministic;
import io.fairlead.hashing.SaltedDraw;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The first child, then those that the key hashes to under one salt after the other. */
final class DeterministicOrder extends ChildOrder {
  private static final int FIRST_SALT = 2;

  /** So often the key is hashed until it hits a child that has not been asked. */
  private static final int MOST_DRAWS = 101;

  private final SaltedDraw draw;
  private final int mostTries;
  private final int mostErrorTries;

  DeterministicOrder(int children, Deterministic settings) {
    super("failover|deterministic");
    this.mostTries = Math.min(settings.mostTries(), children);
    this.mostErrorTries = settings.mostErrorTries();
    List<Double> weights = settings.weights();
    this.draw =
        weights == null ? SaltedDraw.of(children) : SaltedDraw.weighted(ofEach(children, weights));
  }

  /** A weight for each child, as many as there are. */
  static List<Double> ofEach(int children, List<Double> weights) {
    return IntStream.range(0, children)
        .mapToObj(i -> i < weights.size() ? weights.get(i) : McrouterHashSettings.MISSING_WEIGHT)
        .toList();
  }

  /** Fewer than there could be when the others have weights so small that no draw hits them. */
  @Override
  int[] others(byte[] key, int length, int tried) {
    int[] others = new int[mostTries - 1];
    BitSet asked = new BitSet();
    asked.set(0);
    asked.set(tried);
    int salt = FIRST_SALT;
    int found = 0;
    for (int draws = 0; found < others.length && draws < MOST_DRAWS; draws++) {
      int child = draw.indexOf(key, 0, length, salt++);
      if (!asked.get(child)) {
        asked.set(child);
        others[found++] = child;
        draws = -1;
      }
    }
    return found == others.length ? others : Arrays.copyOf(others, found);
  }

  @Override
  int mostErrorTries() {
    return mostErrorTries;
  }
}
