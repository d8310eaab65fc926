package io.fairlead.benchmarks.report;

import io.fairlead.benchmarks.load.Measurement;
import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;

/**
 * One slice of load and where it belongs.
 *
 * @param session how often all peers had been started before
 * @param round in which every peer had one slice, seconds apart
 */
public record Slice(
    Scenario scenario, Pacing pacing, String peer, int session, int round, Measurement measured) {
  boolean isOfSameRound(Slice other) {
    return session == other.session && round == other.round;
  }
}
