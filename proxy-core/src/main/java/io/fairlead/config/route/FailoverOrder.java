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
   * @param mostErrorTries of them, those that may end in an error other than that of an ejected
   *     server
   * @param weights of the children, from 0 to 1; null for equal ones
   */
  record Deterministic(int mostTries, int mostErrorTries, @Nullable List<Double> weights)
      implements FailoverOrder {}

  /**
   * By the score of the key with each child's tag.
   *
   * @param tags one for each child; or one for each but the first, which is then asked first
   * @param weights of those that have tags, from 0 to 1; null for equal ones
   */
  record Rendezvous(List<String> tags, @Nullable List<Double> weights) implements FailoverOrder {}
}
