package io.fairlead.route.failover;

import io.fairlead.config.route.FailoverOrder.Rendezvous;
import io.fairlead.hashing.RendezvousPlacement;
import java.util.List;

/**
 * The children by the score of the key with each one's tag, the highest first; a first child
 * without a tag comes before them.
 */
final class RendezvousOrder extends ChildOrder {
  private static final byte[] NO_SALT = {};

  private final RendezvousPlacement placement;
  private final int tagged;

  /** The children before the first one with a tag. */
  private final int untagged;

  RendezvousOrder(int children, Rendezvous settings) {
    super("failover|rendezvous");
    List<String> tags = settings.tags();
    List<Double> weights = settings.weights();
    this.tagged = tags.size();
    this.untagged = children - tagged;
    if (untagged != 0 && untagged != 1) {
      throw new IllegalArgumentException(tagged + " tags for " + children + " children");
    }
    this.placement =
        weights == null
            ? RendezvousPlacement.over(NO_SALT, tags, index -> true)
            : RendezvousPlacement.weighted(
                NO_SALT, tags, DeterministicOrder.ofEach(tagged, weights), index -> true);
  }

  @Override
  boolean dependsOnKey() {
    return untagged == 0;
  }

  @Override
  int first(byte[] key, int length) {
    return dependsOnKey() ? placement.serverOf(placement.hash(key, 0, length), key, 0, length) : 0;
  }

  @Override
  int[] others(byte[] key, int length, int tried) {
    int[] order = new int[tagged];
    placement.order(placement.hash(key, 0, length), order);
    int[] others = new int[tagged - 1 + untagged];
    for (int i = 0; i < others.length; i++) {
      others[i] = order[i + 1 - untagged] + untagged;
    }
    return without(tried, others);
  }
}
