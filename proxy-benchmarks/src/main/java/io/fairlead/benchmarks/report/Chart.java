package io.fairlead.benchmarks.report;

import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import java.util.Collection;
import java.util.Locale;

/**
 * What a peer costs beside the reference as a picture (SVG): for each scenario the median of the
 * paired ratios of CPU per request as a bar, and from the least to the greatest as a line.
 */
public final class Chart {
  private static final int ROW = 26;
  private static final int BAR = 14;
  private static final int TOP = 44;
  private static final int LEFT = 300;
  private static final int PLOT = 440;
  private static final int RIGHT = 60;
  private static final int MARKS = 5;

  /** The ratio at the right edge, unless one is greater. */
  private static final double USUAL_END = 1.25;

  private final Slices slices;
  private final String peer;
  private final String reference;

  public Chart(Slices slices, String peer, String reference) {
    this.slices = slices;
    this.peer = peer;
    this.reference = reference;
  }

  /** The closed loops of those scenarios in which both were measured. */
  public String of(Collection<Scenario> scenarios) {
    Scenario[] drawn =
        scenarios.stream().filter(scenario -> ratio(scenario).count() > 0).toArray(Scenario[]::new);
    double end = USUAL_END;
    for (Scenario scenario : drawn) {
      end = Math.max(end, ratio(scenario).max());
    }
    double unit = PLOT / end;
    int height = TOP + drawn.length * ROW + 12;
    StringBuilder svg = new StringBuilder(4096);
    put(
        svg,
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#777\">",
            LEFT + PLOT + RIGHT,
            height));
    put(
        svg,
        String.format(
            Locale.ROOT,
            "<title>CPU per request of %s, as a ratio to %s</title>",
            peer,
            reference));
    put(
        svg,
        String.format(
            Locale.ROOT, "<text x=\"8\" y=\"18\">CPU per request, %s = 1</text>", reference));
    for (int mark = 0; mark <= (int) (end * MARKS / USUAL_END); mark++) {
      double value = mark * USUAL_END / MARKS;
      double at = LEFT + value * unit;
      put(
          svg,
          String.format(
              Locale.ROOT,
              "<path d=\"M%.1f %d V%d\" stroke=\"#777\" stroke-opacity=\"%s\"/>",
              at,
              TOP - 8,
              height - 12,
              value == 1 ? "1" : "0.25"));
      put(
          svg,
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.2f</text>",
              at,
              TOP - 14,
              value));
    }
    for (int i = 0; i < drawn.length; i++) {
      row(svg, drawn[i], TOP + i * ROW, unit);
    }
    return svg.append("</svg>\n").toString();
  }

  private Spread ratio(Scenario scenario) {
    return slices.ratio(Figure.CPU, scenario, Pacing.CLOSED, peer, reference);
  }

  private void row(StringBuilder svg, Scenario scenario, int y, double unit) {
    Spread ratio = ratio(scenario);
    double width = ratio.median() * unit;
    double middle = y + BAR / 2.0;
    put(
        svg,
        String.format(
            Locale.ROOT,
            "<text x=\"8\" y=\"%.1f\">%s: %s</text>",
            middle + 4,
            scenario,
            scenario.description().replace(", get", "").replace(", values of 100 bytes", "")));
    put(
        svg,
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#2a7fd4\"/>",
            LEFT,
            y,
            width,
            BAR));
    put(
        svg,
        String.format(
            Locale.ROOT,
            "<path d=\"M%.1f %.1f H%.1f\" stroke=\"#d4772a\" stroke-width=\"2\"/>",
            LEFT + ratio.min() * unit,
            middle,
            LEFT + ratio.max() * unit));
    put(
        svg,
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%.1f\">%.2f</text>",
            LEFT + PLOT + 12,
            middle + 4,
            ratio.median()));
  }

  private static void put(StringBuilder svg, String element) {
    svg.append(element).append('\n');
  }
}
