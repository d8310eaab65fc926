package io.fairlead.spool;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is, by a clock that was set once: when somebody sets that of the machine, deletes
 * are not an hour older all of a sudden, and what is due is not put off. The next process takes the
 * time as it is then.
 */
final class SteadyClock implements InstantSource {
  private final LongSupplier nanos;
  private final Instant start;
  private final long startNanos;

  /**
   * @param wall read once
   * @param nanos a clock that does not jump
   */
  SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.nanos = nanos;
    this.start = wall.instant();
    this.startNanos = nanos.getAsLong();
  }

  static SteadyClock ofThisMachine() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
