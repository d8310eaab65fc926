package io.fairlead.server.terminal;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that says how things are and for how long already, and is gone at the end.
 * Elsewhere it is not seen. For one thread.
 */
public final class StatusLine implements AutoCloseable {
  static final String CLEAR = "\r\033[K";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final PrintWriter out;
  private final boolean isTerminal;
  private final LongSupplier nanos;
  private final long beganAt;

  StatusLine(PrintWriter out, boolean isTerminal, LongSupplier nanos) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.nanos = nanos;
    this.beganAt = nanos.getAsLong();
  }

  /** One on standard error, so that the result on standard output stays clean. */
  public static StatusLine onStandardError(PrintWriter err) {
    return new StatusLine(err, Tty.isTerminal(Tty.STANDARD_ERROR), System::nanoTime);
  }

  /** Says {@code text} in place of what it said before. */
  public void show(String text) {
    if (isTerminal) {
      long seconds = (nanos.getAsLong() - beganAt) / NANOS_PER_SECOND;
      out.print(CLEAR + text + "  " + seconds + " s");
      out.flush();
    }
  }

  @Override
  public void close() {
    if (isTerminal) {
      out.print(CLEAR);
      out.flush();
    }
  }
}
