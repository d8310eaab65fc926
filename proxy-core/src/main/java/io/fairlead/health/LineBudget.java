package io.fairlead.health;

import java.util.concurrent.TimeUnit;

/**
 * How many lines the log gets of one thing that may happen all the time: ten a minute, of which the
 * last is kept for saying how many were left out, and how things are by then.
 */
final class LineBudget {
  static final int LINES = 10;
  static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  private long windowBegan;
  private int lines;
  private int leftOut;

  /** Whether a line may be written now; else it counts as left out. */
  boolean allows(long now) {
    if (lines == 0 || isOver(now)) {
      windowBegan = now;
      lines = 0;
    }
    if (lines >= LINES - 1) {
      leftOut++;
      return false;
    }
    lines++;
    return true;
  }

  /** Whether lines were left out and the time has come to say so. */
  boolean owes(long now) {
    return leftOut > 0 && isOver(now);
  }

  /** A line is written that says how many were left out before it. */
  int pay() {
    int owed = leftOut;
    leftOut = 0;
    return owed;
  }

  private boolean isOver(long now) {
    return now - windowBegan >= WINDOW_NANOS;
  }
}
