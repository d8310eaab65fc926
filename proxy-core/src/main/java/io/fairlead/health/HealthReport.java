package io.fairlead.health;

import io.fairlead.health.ServerStatus.State;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of a server as people ask for it.
 *
 * @param reason what it was ejected for, or ought to be; null when it is well
 * @param failures how often it has failed, by kind; without those it never did
 * @param ejections how often it was ejected, by what for; likewise
 * @param probes how many have been sent
 * @param nextProbe until the next one; null when none is due
 */
public record HealthReport(
    State state,
    @Nullable FailureKind reason,
    int failuresInARow,
    Map<FailureKind, Long> failures,
    Map<FailureKind, Long> ejections,
    long probes,
    @Nullable Duration nextProbe) {

  public HealthReport {
    failures = ordered(failures);
    ejections = ordered(ejections);
  }

  private static Map<FailureKind, Long> ordered(Map<FailureKind, Long> counts) {
    Map<FailureKind, Long> copy = new EnumMap<>(FailureKind.class);
    copy.putAll(counts);
    return Collections.unmodifiableMap(copy);
  }

  static HealthReport of(State state, int failuresInARow) {
    return new HealthReport(state, null, failuresInARow, Map.of(), Map.of(), 0, null);
  }
}
