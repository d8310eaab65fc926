package io.fairlead.benchmarks.report;

import io.fairlead.benchmarks.load.Measurement;

/** A quantity that is read off a slice. The labels are also those of bars and of the JSON. */
public enum Figure {
  THROUGHPUT("throughput", "requests/s", 0),
  CPU("cpu", "cpu us", 2),
  BACKEND_CPU("backend-cpu", "backend us", 2),
  GENERATOR_CPU("generator-cpu", "generator us", 2),
  P50("p50", "p50 us", 0),
  P99("p99", "p99 us", 0),
  LATE("late", "late p99 us", 0),
  MEMORY("rss", "RSS MiB", 0),
  SWITCHES("switches", "switches", 2),
  FOREIGN("foreign", "foreign", 2);

  private final String label;
  private final String heading;
  private final int digits;

  Figure(String label, String heading, int digits) {
    this.label = label;
    this.heading = heading;
    this.digits = digits;
  }

  public String label() {
    return label;
  }

  String heading() {
    return heading;
  }

  int digits() {
    return digits;
  }

  double of(Slice slice) {
    Measurement measured = slice.measured();
    return switch (this) {
      case THROUGHPUT -> measured.requests() / measured.seconds();
      case CPU -> perRequest(measured.peerNanos() / 1e3, measured);
      case BACKEND_CPU -> perRequest(measured.backendNanos() / 1e3, measured);
      case GENERATOR_CPU -> perRequest(measured.generatorNanos() / 1e3, measured);
      case P50 -> measured.p50Nanos() / 1e3;
      case P99 -> measured.p99Nanos() / 1e3;
      case LATE -> measured.lateNanos() / 1e3;
      case MEMORY -> measured.residentKib() / 1024.0;
      case SWITCHES -> perRequest((double) measured.voluntarySwitches(), measured);
      case FOREIGN -> measured.foreignCores();
    };
  }

  /** Without any reply there is nothing to divide by; a spread leaves such slices out. */
  private static double perRequest(double value, Measurement measured) {
    return measured.requests() == 0 ? Double.NaN : value / measured.requests();
  }
}
