package io.fairlead.benchmarks.report;

import io.fairlead.benchmarks.load.Measurement;
import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The measured slices as text: one table per scenario and pacing, a row per peer.
 *
 * <p>A figure is a median over slices; a ratio is the median of paired ratios to the reference,
 * with their least and greatest.
 */
public final class Report {
  private final Slices slices;
  private final String reference;
  private final boolean isMarkdown;

  public Report(Slices slices, String reference, boolean isMarkdown) {
    this.slices = slices;
    this.reference = reference;
    this.isMarkdown = isMarkdown;
  }

  /** One scenario in one pacing; empty when it was not measured. */
  public String section(Scenario scenario, Pacing pacing) {
    List<String> peers = slices.peers(scenario, pacing);
    if (peers.isEmpty()) {
      return "";
    }
    Table table = new Table(heading(pacing));
    peers.forEach(peer -> table.add(row(scenario, pacing, peer)));
    String title =
        String.format(
            Locale.ROOT,
            "%s: %s; %s, ratios to %s",
            scenario,
            scenario.description(),
            pacing == Pacing.CLOSED ? "closed loop" : "open loop",
            referenceOf(peers));
    return (isMarkdown ? "### " + title + "\n\n" + table.markdown() : title + "\n" + table.plain())
        + problems(scenario, pacing, peers);
  }

  private List<String> heading(Pacing pacing) {
    List<String> heading = new ArrayList<>(List.of("peer"));
    for (Figure figure : figures(pacing)) {
      heading.add(figure.heading());
      if (hasRatio(figure)) {
        heading.add("ratio");
      }
    }
    heading.addAll(List.of("wrong", "misses", "errors"));
    return heading;
  }

  private List<String> row(Scenario scenario, Pacing pacing, String peer) {
    List<String> row = new ArrayList<>(List.of(peer));
    String to = referenceOf(slices.peers(scenario, pacing));
    for (Figure figure : figures(pacing)) {
      row.add(slices.spread(figure, scenario, pacing, peer).medianText(figure.digits()));
      if (hasRatio(figure)) {
        row.add(slices.ratio(figure, scenario, pacing, peer, to).text(2));
      }
    }
    List<Measurement> measured = measured(scenario, pacing, peer);
    row.add(Long.toString(measured.stream().mapToLong(Measurement::wrong).sum()));
    row.add(Long.toString(measured.stream().mapToLong(Measurement::misses).sum()));
    row.add(Long.toString(measured.stream().mapToLong(Measurement::errors).sum()));
    return row;
  }

  private String problems(Scenario scenario, Pacing pacing, List<String> peers) {
    StringBuilder text = new StringBuilder();
    for (String peer : peers) {
      measured(scenario, pacing, peer).stream()
          .map(Measurement::problem)
          .filter(problem -> !problem.isEmpty())
          .findFirst()
          .ifPresent(problem -> text.append("\n" + peer + ": " + problem + "\n"));
    }
    return text.toString();
  }

  private List<Measurement> measured(Scenario scenario, Pacing pacing, String peer) {
    return slices.of(scenario, pacing, peer).stream().map(Slice::measured).toList();
  }

  /** A peer that cannot do the scenario cannot be its reference. */
  private String referenceOf(List<String> peers) {
    return peers.contains(reference) ? reference : peers.get(0);
  }

  private static List<Figure> figures(Pacing pacing) {
    List<Figure> figures = new ArrayList<>(List.of(Figure.values()));
    if (pacing == Pacing.CLOSED) {
      figures.remove(Figure.LATE);
    }
    return figures;
  }

  private static boolean hasRatio(Figure figure) {
    return switch (figure) {
      case THROUGHPUT, CPU, BACKEND_CPU, P50, P99 -> true;
      case GENERATOR_CPU, LATE, MEMORY, SWITCHES, FOREIGN -> false;
    };
  }
}
