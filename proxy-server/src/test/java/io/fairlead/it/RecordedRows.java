package io.fairlead.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.testkit.EdgeCase;
import io.fairlead.testkit.VectorFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The conversations recorded from memcached 1.6.18, and what the proxy answers to them: the same,
 * but for the rows of {@code edge-cases-differences.tsv}, which gives the reason for each.
 */
final class RecordedRows {
  static final String RECORDED = "memcached_1.6.18";

  private static final String FILE = "ascii-edge-cases.tsv";
  private static final String DIFFERENCES = "edge-cases-differences.tsv";
  private static final String REPLY = "reply";

  private RecordedRows() {}

  /** What memcached answered. */
  static List<EdgeCase> recorded() throws IOException {
    return recorded(RECORDED);
  }

  /** What another program answered, by the name of its column. */
  static List<EdgeCase> recorded(String program) throws IOException {
    return parse(text(FILE), program);
  }

  /** What the proxy is to answer. */
  static List<EdgeCase> expected() throws IOException {
    Map<String, String> differences = differences();
    StringBuilder rows = new StringBuilder("id\tinput\t" + REPLY + "\n");
    List<String> lines = text(FILE).lines().toList();
    int column = List.of(lines.get(0).split("\t", -1)).indexOf(RECORDED);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      String reply = differences.getOrDefault(cells[0], cells[column]);
      rows.append(cells[0]).append('\t').append(cells[1]).append('\t').append(reply).append('\n');
    }
    return parse(rows.toString(), REPLY);
  }

  /** The proxy's reply by the id of the row, where it is another than memcached's. */
  static Map<String, String> differences() throws IOException {
    Map<String, String> replies = new LinkedHashMap<>();
    for (String line : text(DIFFERENCES).lines().skip(1).toList()) {
      String[] cells = line.split("\t", -1);
      if (cells.length != 3 || cells[2].isBlank() || replies.put(cells[0], cells[1]) != null) {
        throw new IllegalArgumentException(
            DIFFERENCES + ": " + line + " (expected: an id not used before, a reply, a reason)");
      }
    }
    return replies;
  }

  private static List<EdgeCase> parse(String text, String column) throws IOException {
    return VectorFile.read(new ByteArrayInputStream(text.getBytes(UTF_8)), column);
  }

  private static String text(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RecordedRows.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
