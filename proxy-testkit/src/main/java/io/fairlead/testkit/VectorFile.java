package io.fairlead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.testkit.EdgeCase.Connection;
import io.fairlead.testkit.EdgeCase.Part;
import io.fairlead.testkit.EdgeCase.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads recorded edge cases: tab separated, a header row, the columns {@code id} and {@code input},
 * then one column of replies per recorded program, all in the notation of {@link Escapes}.
 */
public final class VectorFile {
  static final String CLOSED = "closed";
  static final String THEN_CLOSED = "<closed>";
  static final String TIMEOUT = "timeout";
  static final String NOT_SENT = "(not sent: connection closed)";

  private static final String PAUSE = " <pause> ";

  private VectorFile() {}

  public static List<EdgeCase> read(Path file, String column) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, column);
    }
  }

  /**
   * Reads all rows with the replies of one column; leaves the stream open.
   *
   * @throws IllegalArgumentException when there is no such column or a row does not fit
   */
  public static List<EdgeCase> read(InputStream in, String column) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
    String header = lines.readLine();
    List<String> columns = header == null ? List.of() : Arrays.asList(header.split("\t", -1));
    int replies = columns.indexOf(column);
    if (replies < 2) {
      throw new IllegalArgumentException(
          "column: " + column + " (expected: one of " + columns + ")");
    }
    List<EdgeCase> cases = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] cells = line.split("\t", -1);
      if (cells.length != columns.size()) {
        throw new IllegalArgumentException(
            cells[0] + ": " + cells.length + " cells (expected: " + columns.size() + ")");
      }
      cases.add(parse(cells[0], cells[1], cells[replies]));
    }
    return cases;
  }

  static EdgeCase parse(String id, String input, String replies) {
    String[] inputs = input.split(PAUSE, -1);
    String[] answers = replies.split(PAUSE, -1);
    if (inputs.length != answers.length) {
      throw new IllegalArgumentException(
          id + ": " + answers.length + " replies (expected: " + inputs.length + ")");
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      parts.add(new Part(Escapes.decode(inputs[i]), parseReply(answers[i])));
    }
    return new EdgeCase(id, parts);
  }

  private static Reply parseReply(String written) {
    return switch (written) {
      case CLOSED -> new Reply("", Connection.CLOSED);
      case TIMEOUT -> new Reply("", Connection.OPEN);
      case NOT_SENT -> new Reply("", Connection.NOT_SENT);
      default -> {
        if (written.endsWith(THEN_CLOSED)) {
          String bytes = written.substring(0, written.length() - THEN_CLOSED.length());
          yield new Reply(Escapes.decode(bytes), Connection.CLOSED);
        }
        yield new Reply(Escapes.decode(written), Connection.OPEN);
      }
    };
  }
}
