package io.fairlead.testkit;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Which requests go wrong, and how. */
final class FaultPlan {
  private static final Fault[] ALL = Fault.values();

  private final Random random;
  private final int oneIn;
  private final int totalWeight;

  /**
   * @param oneIn so many requests goes wrong, on average
   */
  FaultPlan(long seed, int oneIn) {
    this.random = new Random(seed);
    this.oneIn = oneIn;
    int total = 0;
    for (Fault fault : ALL) {
      total += fault.weight();
    }
    totalWeight = total;
  }

  Random random() {
    return random;
  }

  /** What goes wrong with the next request; null for nothing. */
  @Nullable Fault next(boolean retrieval) {
    if (random.nextInt(oneIn) > 0) {
      return null;
    }
    Fault fault = any();
    return fault.isForRetrievalsOnly() && !retrieval ? null : fault;
  }

  private Fault any() {
    int left = random.nextInt(totalWeight);
    for (Fault fault : ALL) {
      left -= fault.weight();
      if (left < 0) {
        return fault;
      }
    }
    throw new AssertionError("weights do not add up");
  }
}
