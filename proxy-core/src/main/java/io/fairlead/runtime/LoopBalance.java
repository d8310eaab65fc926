package io.fairlead.runtime;

import org.jspecify.annotations.Nullable;

/** Which part of an event loop's clients is to move to which other one. */
final class LoopBalance {
  /** A loop that has less than that more to do than another one keeps its clients. */
  private static final double LEAST_DIFFERENCE = 0.2;

  /*
   * A move that does not help, because one client makes all the load, is repeated after longer and
   * longer pauses, in looks.
   */
  private static final int FIRST_PAUSE = 3;
  private static final int LONGEST_PAUSE = 300;

  private final double full;
  private int pause = FIRST_PAUSE;
  private int wait;

  /**
   * @param full the part of its time from which on a loop that is busy is full
   */
  LoopBalance(double full) {
    this.full = full;
  }

  /**
   * Clients that move.
   *
   * @param part of those of the loop {@code from}
   */
  record Shift(int from, int to, double part) {}

  /** Another number of loops takes clients, for which nothing has been tried yet. */
  void loopsChanged() {
    pause = FIRST_PAUSE;
    wait = 0;
  }

  /**
   * Looks once more: a full loop gives half of what it has more to do than the least busy one.
   *
   * @param busy the part of its time that each loop which takes clients is busy
   */
  @Nullable Shift next(double[] busy) {
    if (wait > 0) {
      wait--;
      return null;
    }
    int most = 0;
    int least = 0;
    for (int i = 1; i < busy.length; i++) {
      most = busy[i] > busy[most] ? i : most;
      least = busy[i] < busy[least] ? i : least;
    }
    double difference = busy[most] - busy[least];
    if (busy[most] < full || difference < LEAST_DIFFERENCE) {
      return null;
    }
    wait = pause;
    pause = Math.min(LONGEST_PAUSE, pause * 2);
    return new Shift(most, least, difference / (2 * busy[most]));
  }
}
