package io.fairlead.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A row of {@code nutcracker.txt}: after {@code >>>} what nutcracker does with a file, and a title;
 * the file; and after {@code <<<} what Fairlead does with it, with the reason where that is
 * something else, and then what the user sees.
 *
 * @param outcome the last part: {@code accepted} or {@code refused} and its lines
 */
record NutcrackerRow(String title, boolean isAcceptedThere, String yaml, String outcome) {
  private static final String ACCEPTS = "nutcracker accepts";
  private static final String REFUSES = "nutcracker refuses";

  static Stream<NutcrackerRow> all() throws IOException {
    try (InputStream in = NutcrackerRow.class.getResourceAsStream("nutcracker.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^>>> ", -1)).skip(1).map(NutcrackerRow::of);
    }
  }

  /** The first line of the outcome. */
  String verdict() {
    return outcome.lines().findFirst().orElse("");
  }

  boolean isAcceptedHere() {
    return verdict().startsWith("accepted");
  }

  boolean speaksRedis() {
    return yaml.contains("redis: true");
  }

  @Override
  public String toString() {
    return title;
  }

  private static NutcrackerRow of(String text) {
    int body = text.indexOf('\n') + 1;
    int end = text.indexOf("<<<\n", body);
    String[] heading = text.substring(0, body - 1).split(" \\| ", 2);
    if (end < 0 || !(heading[0].equals(ACCEPTS) || heading[0].equals(REFUSES))) {
      throw new IllegalArgumentException(text + " (expected: a row as above)");
    }
    return new NutcrackerRow(
        heading[1],
        heading[0].equals(ACCEPTS),
        expanded(text.substring(body, end)),
        text.substring(end + 4).strip());
  }

  private static String expanded(String yaml) {
    return yaml.replace("{pool}", "a:\n  listen: 127.0.0.1:22121\n  timeout: 400\n")
        .replace("{servers}", "  servers:\n   - h:1:1\n")
        .replace("{tab}", "\t")
        .replace("{cr}", "\r")
        .replace("{bell}", "\u0007")
        .replace("{bom}", "\uFEFF");
  }
}
