package io.fairlead.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.routes.MatrixRow.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads a table of what handles do; {@code matrix/README.txt} says how it is written. */
final class MatrixFile {
  /** Every handle says what it does with each of these. */
  static final List<String> REQUESTS =
      List.of(
          "get k",
          "gets k",
          "gat 60 k",
          "set k 0 0 1/8",
          "add k 0 0 1/8",
          "append k 0 0 1/8",
          "cas k 0 0 1 #0/8",
          "delete k",
          "incr k 1",
          "touch k 60",
          "mg k O7 v",
          "ms k 1 O7/8",
          "md k O7",
          "ma k O7 v");

  private final String name;
  private final Map<String, String> words = new LinkedHashMap<>();
  private final List<MatrixRow> rows = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String handle = "";
  private List<List<String>> before = List.of();
  private int line;

  private MatrixFile(String name) {
    this.name = name;
  }

  /** The rows of a file beside this class. */
  static List<MatrixRow> read(String name) {
    MatrixFile file = new MatrixFile(name);
    text(name).lines().forEach(file::line);
    file.endHandle();
    return List.copyOf(file.rows);
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(MatrixFile.class.getResourceAsStream("matrix/" + name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String text) {
    line++;
    if (text.isBlank() || text.startsWith("#")) {
      return;
    }
    if (text.startsWith("[")) {
      endHandle();
      handle = text.substring(1, text.indexOf(']'));
      before = List.of();
      requests.clear();
    } else if (text.contains(" = ") && handle.isEmpty()) {
      String[] word = text.split(" = ", 2);
      words.put(word[0].strip(), word[1].strip());
    } else {
      cells(Stream.of(text.split("\\|", -1)).map(String::strip).toList());
    }
  }

  private void cells(List<String> cells) {
    List<String> situations = cells.subList(1, cells.size());
    if (before.isEmpty()) {
      before = situations.stream().map(MatrixFile::held).toList();
      return;
    }
    expect(situations.size() == before.size(), "a cell for each situation");
    requests.add(cells.get(0));
    for (int i = 0; i < before.size(); i++) {
      rows.add(
          new MatrixRow(
              name + ":" + line,
              handle,
              cells.get(0),
              before.get(i),
              outcomes(situations.get(i), before.get(i))));
    }
  }

  private List<Outcome> outcomes(String cell, List<String> unchanged) {
    expect(!cell.isEmpty(), "a reply");
    return Stream.of(cell.split(" or ", -1)).map(each -> outcome(each, unchanged)).toList();
  }

  private Outcome outcome(String text, List<String> unchanged) {
    String[] parts = text.split(">", -1);
    String reply = parts[0].strip();
    List<String> after = parts.length == 1 ? unchanged : held(parts[1]);
    expect(parts.length <= 2 && after.size() == unchanged.size(), "one value for each server");
    return new Outcome(words.getOrDefault(reply, reply), after);
  }

  private static List<String> held(String text) {
    return List.of(text.strip().split(" +", -1));
  }

  private void endHandle() {
    expect(handle.isEmpty() || requests.equals(REQUESTS), "the requests " + REQUESTS);
  }

  private void expect(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(
          "%s:%d: [%s] %s (expected: %s)".formatted(name, line, handle, requests, what));
    }
  }
}
