package io.fairlead.runtime;

import java.util.Arrays;

/** How many event loops are to take clients, by how busy those are that do. */
final class LoopScale {
  /*
   * Fewer loops make larger batches, and so cheaper requests: the number grows only when all loops
   * together are full, and not when one of them is while others have room; then clients move.
   *
   *   full   the mean of the loops' busy shares is 3/4 or more
   *   low    what all of them do would keep one fewer busy for 2/5 of its time
   *
   * The two are so far apart that no load makes a loop come and go: n full loops are 3n/4, of which n + 1
   * have 3n/4, far above 2n/5. A loop that rests between two turns does not count as busy meanwhile, as it
   * has room: with more to do its turns grow, and not its rests.
   */
  static final double FULL = 0.75;
  static final double LOW = 0.4;

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
    full = sum >= FULL * loops ? full + 1 : 0;
    low = sum <= LOW * (loops - 1) ? low + 1 : 0;
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
