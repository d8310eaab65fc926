package io.fairlead.config.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which order the children of a failover are asked, the first one first. */
public sealed interface FailoverOrder {
  /** As they are configured. */
  FailoverOrder IN_ORDER = new InOrder();

  /** As they are configured. */
  record InOrder() implements FailoverOrder {}

  /**
   * The first child, then those with the fewest errors in a row.
   *
   * @param mostTries with the first
   */
  record LeastFailures(int mostTries) implements FailoverOrder {}

  /**
   * The first child, then those that the key hashes to under other salts.
   *
   * @param mostTries with the first
   * @param mostErrorTries of them, those that may end in an error
   * @param weights null for equal ones
   */
  record Deterministic(int mostTries, int mostErrorTries, @Nullable List<Double> weights)
      implements FailoverOrder {}

  /**
   * By the score of the key with each child's tag.
   *
   * @param weights null for equal ones
   */
  record Rendezvous(List<String> tags, @Nullable List<Double> weights) implements FailoverOrder {}
}
