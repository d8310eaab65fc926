package io.fairlead.benchmarks.report;

import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Everything that was measured, and the paired ratios that follow from it. */
public final class Slices {
  private final List<Slice> all = new ArrayList<>();

  /** Adds one more. */
  public void add(Slice slice) {
    all.add(slice);
  }

  public List<Slice> all() {
    return List.copyOf(all);
  }

  /** Whether every reply to every peer was right. */
  public boolean areClean() {
    return all.stream().allMatch(slice -> slice.measured().isClean());
  }

  /** The slices of one cell, in the order they were measured. */
  public List<Slice> of(Scenario scenario, Pacing pacing, String peer) {
    return all.stream()
        .filter(slice -> slice.scenario() == scenario && slice.pacing() == pacing)
        .filter(slice -> slice.peer().equals(peer))
        .toList();
  }

  /** The peers that were measured in a scenario, in the order they were first measured. */
  public List<String> peers(Scenario scenario, Pacing pacing) {
    return all.stream()
        .filter(slice -> slice.scenario() == scenario && slice.pacing() == pacing)
        .map(Slice::peer)
        .distinct()
        .toList();
  }

  /** A figure of one peer over all its slices. */
  public Spread spread(Figure figure, Scenario scenario, Pacing pacing, String peer) {
    return Spread.of(of(scenario, pacing, peer).stream().mapToDouble(figure::of).toArray());
  }

  /**
   * A figure of one peer as a multiple of the reference's in the same round. Only neighbours in
   * time are divided: the speed of a shared machine drifts by more than what is looked for.
   */
  public Spread ratio(
      Figure figure, Scenario scenario, Pacing pacing, String peer, String reference) {
    List<Slice> references = of(scenario, pacing, reference);
    List<Double> ratios = new ArrayList<>();
    for (Slice slice : of(scenario, pacing, peer)) {
      for (Slice other : references) {
        if (slice.isOfSameRound(other)) {
          ratios.add(figure.of(slice) / figure.of(other));
        }
      }
    }
    return Spread.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
