package io.fairlead.route.failover;

import java.util.Arrays;

/**
 * The first child, then those that have failed the fewest times in a row, of equal ones the first.
 */
final class LeastFailuresOrder extends ChildOrder {
  private final int[] failuresInRow;
  private final int mostTries;

  /**
   * @param mostTries with the first
   */
  LeastFailuresOrder(int children, int mostTries) {
    super("failover|least-failures");
    this.failuresInRow = new int[children];
    this.mostTries = Math.min(mostTries, children);
  }

  @Override
  int[] others(byte[] key, int length, int tried) {
    int[] best = new int[mostTries - 1];
    int found = 0;
    for (int child = 1; child < failuresInRow.length; child++) {
      if (child == tried) {
        continue;
      }
      int at = found < best.length ? found++ : best.length;
      while (at > 0 && failuresInRow[child] < failuresInRow[best[at - 1]]) {
        at--;
        if (at + 1 < best.length) {
          best[at + 1] = best[at];
        }
      }
      if (at < best.length) {
        best[at] = child;
      }
    }
    return found == best.length ? best : Arrays.copyOf(best, found);
  }

  @Override
  void failed(int child) {
    failuresInRow[child]++;
  }

  @Override
  void served(int child) {
    failuresInRow[child] = 0;
  }
}
