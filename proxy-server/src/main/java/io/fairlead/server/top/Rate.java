package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot.Counts;

/**
 * How often something happens; {@link Double#NaN} for what is not known.
 *
 * @param requests in a second
 * @param errors in a second
 * @param hits as a part of all gets, 0 to 1
 */
record Rate(double requests, double errors, double hits) {
  static final Rate UNKNOWN = new Rate(Double.NaN, Double.NaN, Double.NaN);

  /** Between two counts that are so far apart; unknown when somebody has begun to count anew. */
  static Rate between(Counts before, Counts now, double seconds) {
    if (seconds <= 0 || now.requests() < before.requests()) {
      return UNKNOWN;
    }
    double hits = (double) now.hits() - before.hits();
    double gets = hits + ((double) now.misses() - before.misses());
    return new Rate(
        ((double) now.requests() - before.requests()) / seconds,
        ((double) now.errors() - before.errors()) / seconds,
        gets > 0 ? hits / gets : Double.NaN);
  }
}
