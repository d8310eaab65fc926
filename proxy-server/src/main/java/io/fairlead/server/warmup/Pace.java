package io.fairlead.server.warmup;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when more practice would make no difference: when the compiler of Java has had little to do
 * for a while.
 *
 * <p>How fast requests are served would say less. It is the same long before the last of the code
 * is compiled, and it varies with what else the machine does.
 */
final class Pace {
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int QUIET_WINDOWS = 3;
  private static final int QUIET_PERCENT = 25;

  private final LongSupplier clock;
  private final @Nullable LongSupplier compiling;
  private long windowBegan;
  private long compiledBefore;
  private int quiet;

  /**
   * @param clock in nanoseconds
   * @param compiling milliseconds that the compiler has worked until now; null when nobody knows
   */
  Pace(LongSupplier clock, @Nullable LongSupplier compiling) {
    this.clock = clock;
    this.compiling = compiling;
    windowBegan = clock.getAsLong();
    compiledBefore = compiling == null ? 0 : compiling.getAsLong();
  }

  static Pace ofThisProcess() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean isKnown = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    return new Pace(System::nanoTime, isKnown ? compiler::getTotalCompilationTime : null);
  }

  boolean isSteady() {
    long now = clock.getAsLong();
    long window = now - windowBegan;
    if (compiling == null || window < WINDOW_NANOS) {
      return false;
    }
    long compiled = compiling.getAsLong();
    long busy = TimeUnit.MILLISECONDS.toNanos(compiled - compiledBefore);
    quiet = busy * 100 < window * QUIET_PERCENT ? quiet + 1 : 0;
    windowBegan = now;
    compiledBefore = compiled;
    return quiet == QUIET_WINDOWS;
  }
}
