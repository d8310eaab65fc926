package io.fairlead.twemproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A number that is meant to differ from nutcracker's, and why. Both are patterns, because some
 * numbers depend on time.
 */
record StatsDifference(String theirs, String ours, String reason) {

  /** The rows of the table, by the path of the number. */
  static Map<String, StatsDifference> all() {
    Map<String, StatsDifference> all = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    StatsDifference.class.getResourceAsStream("stats-differences.tsv")),
                UTF_8))) {
      lines.readLine(); // the header
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\t", -1);
        all.put(cells[0], new StatsDifference(cells[1], cells[2], cells[3]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  boolean covers(String their, String our) {
    return their.matches(theirs) && our.matches(ours) && !reason.isEmpty();
  }
}
