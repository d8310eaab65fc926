package io.fairlead.benchmarks.report;

import io.fairlead.benchmarks.load.Measurement;
import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;

/** Slices with made-up figures. */
final class Samples {
  private Samples() {}

  /** A slice of scenario A, closed loop, of one second and 1000 requests. */
  static Slice slice(String peer, int session, int round, double cpuMicros) {
    return slice(peer, session, round, 1000, cpuMicros, 0);
  }

  static Slice slice(
      String peer, int session, int round, long requests, double cpuMicros, long wrong) {
    Measurement measured =
        new Measurement(
            1,
            requests,
            (long) (cpuMicros * 1e3 * requests),
            2_000 * requests,
            3_000 * requests,
            1_000_000_000,
            150_000,
            400_000,
            0,
            2048,
            10,
            0,
            wrong,
            0,
            0,
            wrong == 0 ? "" : "another value than was set");
    return new Slice(Scenario.A, Pacing.CLOSED, peer, session, round, measured);
  }

  static Slices slices(Slice... all) {
    Slices slices = new Slices();
    for (Slice slice : all) {
      slices.add(slice);
    }
    return slices;
  }
}
