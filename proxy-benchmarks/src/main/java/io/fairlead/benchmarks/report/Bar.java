package io.fairlead.benchmarks.report;

import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recorded limit for a median paired ratio. In a bars file, one a line:
 *
 * <pre>
 *   # scenario  pacing  figure  bound  limit  noise
 *   A           closed  cpu     atmost 0.85   0.05
 * </pre>
 *
 * @param noise by how much the median may pass the limit, because it wanders that much by itself
 */
public record Bar(
    Scenario scenario, Pacing pacing, Figure figure, Bound bound, double limit, double noise) {

  /** Which side of its limit is good. */
  public enum Bound {
    ATMOST,
    ATLEAST
  }

  /** Reads a bars file; the message of its exception names the line that is not understood. */
  public static List<Bar> read(Path file) throws IOException {
    List<Bar> bars = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        bars.add(parse(line));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return bars;
  }

  static Bar parse(String line) {
    String[] words = line.toUpperCase(Locale.ROOT).split("\\s+", -1);
    if (words.length != 6) {
      throw new IllegalArgumentException(
          line + " (expected: scenario pacing figure bound limit noise)");
    }
    return new Bar(
        Scenario.valueOf(words[0]),
        Pacing.valueOf(words[1]),
        Figure.valueOf(words[2].replace('-', '_')),
        Bound.valueOf(words[3]),
        Double.parseDouble(words[4]),
        Double.parseDouble(words[5]));
  }

  /** Whether a median ratio is within the limit and its noise; one that is no number never is. */
  public boolean isMetBy(double ratio) {
    return bound == Bound.ATMOST ? ratio <= limit + noise : ratio >= limit - noise;
  }

  @Override
  public String toString() {
    String sign = bound == Bound.ATMOST ? "<=" : ">=";
    return String.format(
        Locale.ROOT,
        "%s %s %s %s %.2f (noise %.2f)",
        scenario,
        pacing.name().toLowerCase(Locale.ROOT),
        figure.label(),
        sign,
        limit,
        noise);
  }
}
