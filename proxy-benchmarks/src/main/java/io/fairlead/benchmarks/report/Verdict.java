package io.fairlead.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** How one peer stands against recorded bars, as text and as a yes or no. */
public record Verdict(boolean isPassed, String text) {
  /** Judges the bars whose scenarios were measured; the others are named as not measured. */
  public static Verdict of(List<Bar> bars, Slices slices, String subject, String reference) {
    if (subject.equals(reference)) {
      return new Verdict(false, "no bar was judged: " + subject + " is itself the reference\n");
    }
    StringBuilder text = new StringBuilder();
    boolean isPassed = true;
    int judged = 0;
    for (Bar bar : bars) {
      Spread ratio = slices.ratio(bar.figure(), bar.scenario(), bar.pacing(), subject, reference);
      boolean isMeasured = !slices.of(bar.scenario(), bar.pacing(), subject).isEmpty();
      boolean isMet = bar.isMetBy(ratio.median());
      String word = isMet ? "met" : "MISSED";
      text.append(
          String.format(
              Locale.ROOT,
              "bar %s: %s %s%n",
              bar,
              ratio.text(2),
              isMeasured ? word : "not measured"));
      judged += isMeasured ? 1 : 0;
      isPassed &= isMet || !isMeasured;
    }
    if (judged == 0) {
      return new Verdict(false, text + "no bar was judged: " + subject + " was not measured\n");
    }
    return new Verdict(isPassed, text.toString());
  }
}
