package io.fairlead.health;

import io.fairlead.config.EjectSettings.ProbeSettings;
import java.util.function.DoubleSupplier;

/** When the next probe of a server is due: after pauses that grow, with jitter. */
final class ProbeSchedule {
  private static final double GROWTH = 1.5;

  /** A pause is this much longer or shorter, so that proxies do not probe in step. */
  private static final double JITTER = 0.25;

  private final DoubleSupplier random;
  private long pause;
  private long due;

  ProbeSchedule(DoubleSupplier random) {
    this.random = random;
  }

  void begin(long now, ProbeSettings settings) {
    pause = settings.first().toNanos();
    due = now + jittered(settings);
  }

  /** One was not answered. */
  void again(long now, ProbeSettings settings) {
    long longer = Math.max(settings.first().toNanos(), (long) (pause * GROWTH));
    pause = Math.min(longer, settings.longest().toNanos());
    due = now + jittered(settings);
  }

  private long jittered(ProbeSettings settings) {
    double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
    return Math.min((long) (pause * factor), settings.longest().toNanos());
  }

  /** It is due after so long at the latest. */
  void hasten(long now, long longest) {
    if (due - now > longest) {
      due = now + longest;
    }
  }

  void at(long time) {
    due = time;
  }

  long due() {
    return due;
  }
}
