package io.fairlead.runtime;

import java.util.Arrays;

/** How many event loops are to take clients, by how busy those are that do. */
final class LoopScale {
  /*
   * Fewer loops make larger batches, and so cheaper requests: the number grows only when all loops
   * together are full, and not when one of them is while others have room; then clients move.
   *
   *   full   on average the loops are busy for 3/4 of their time, or more
   *   low    one fewer would be busy for 2/5 of their time, or less
   *
   * The two are so far apart that no steady load makes a loop come and go: n loops that are full do 3n/4,
   * and one more of them goes when all do 2n/5. A loop that rests between two turns does not count as busy meanwhile, as it
   * has room: with more to do its turns grow, and not its rests.
   */
  private final int least;
  private final int most;
  private final LoopRule rule;
  private int full;
  private int low;

  LoopScale(int least, int most, LoopRule rule) {
    this.least = least;
    this.most = most;
    this.rule = rule;
  }

  /**
   * Looks once more.
   *
   * @param busy the part of its time that each loop which takes clients was busy since the last
   *     look
   * @return how many are to take clients from now on: as many, one more or one fewer
   */
  int next(double[] busy) {
    int loops = busy.length;
    double sum = Arrays.stream(busy).sum();
    full = sum >= rule.full() * loops ? full + 1 : 0;
    low = sum <= rule.low() * (loops - 1) ? low + 1 : 0;
    if (full >= rule.fullLooks() && loops < most) {
      return changed(loops + 1);
    }
    if (low >= rule.lowLooks() && loops > least) {
      return changed(loops - 1);
    }
    return loops;
  }

  private int changed(int loops) {
    full = 0;
    low = 0;
    return loops;
  }
}
