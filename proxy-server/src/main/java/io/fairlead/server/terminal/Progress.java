package io.fairlead.server.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a command has got: a bar that moves on a terminal, a line now and then for a program.
 *
 * <pre>
 *   measure  [##########--------------]  42 %  19,870/s  5 s left
 *   progress phase=measure percent=42 rate=19870 left_s=5
 * </pre>
 *
 * <p>For one thread.
 */
public final class Progress {
  private static final int BAR = 24;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long TERMINAL_PAUSE = NANOS_PER_SECOND / 10;
  private static final long LINE_PAUSE = 5 * NANOS_PER_SECOND;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter out;
  private final boolean isTerminal;
  private final LongSupplier nanos;

  private String phase = "";
  private long beganAt;
  private long shownAt;
  private boolean isShown;

  /**
   * @param out where it is written, unbuffered or flushed by us
   * @param nanos a clock that does not jump, as {@link System#nanoTime}
   */
  public Progress(PrintWriter out, boolean isTerminal, LongSupplier nanos) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.nanos = nanos;
  }

  /** One on standard error, so that the result on standard output stays clean. */
  public static Progress onStandardError(PrintWriter err) {
    return new Progress(err, Tty.isTerminal(Tty.STANDARD_ERROR), System::nanoTime);
  }

  /** Says how far {@code newPhase} is; what comes too soon after the last is left out. */
  public void show(String newPhase, double share, double perSecond) {
    long now = nanos.getAsLong();
    if (!phase.equals(newPhase)) {
      phase = newPhase;
      beganAt = now;
      shownAt = now - (isTerminal ? TERMINAL_PAUSE : 0);
    }
    if (now - shownAt < (isTerminal ? TERMINAL_PAUSE : LINE_PAUSE)) {
      return;
    }
    shownAt = now;
    isShown = true;
    print(Math.min(1, Math.max(0, share)), perSecond, now - beganAt);
  }

  /** Takes the bar away. */
  public void end() {
    if (isTerminal && isShown) {
      out.print(CLEAR_LINE);
      out.flush();
    }
    isShown = false;
    phase = "";
  }

  private void print(double share, double perSecond, long elapsed) {
    long left = share > 0 ? Math.round(elapsed * (1 - share) / share / NANOS_PER_SECOND) : -1;
    int percent = (int) Math.floor(share * 100);
    if (isTerminal) {
      int filled = (int) (share * BAR);
      String bar = "#".repeat(filled) + "-".repeat(BAR - filled);
      String rest = left < 0 ? "" : String.format(Locale.ROOT, "  %d s left", left);
      out.print(CLEAR_LINE);
      out.printf(Locale.ROOT, "%-8s [%s] %3d %%  %,.0f/s%s", phase, bar, percent, perSecond, rest);
    } else {
      String rest = left < 0 ? "" : " left_s=" + left;
      out.printf(
          Locale.ROOT,
          "progress phase=%s percent=%d rate=%.0f%s%n",
          phase,
          percent,
          perSecond,
          rest);
    }
    out.flush();
  }
}
