package io.fairlead.server.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells below a heading, in columns set apart by two blanks. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] flushRight;

  /** A heading that starts with {@code >} is that of a column of numbers, flush right. */
  public Table(List<String> heading) {
    flushRight = new boolean[heading.size()];
    List<String> words = new ArrayList<>();
    for (int column = 0; column < heading.size(); column++) {
      flushRight[column] = heading.get(column).startsWith(">");
      words.add(flushRight[column] ? heading.get(column).substring(1) : heading.get(column));
    }
    rows.add(words);
  }

  /** Adds a row of as many cells as the heading has. */
  public void add(List<String> row) {
    if (row.size() != flushRight.length) {
      throw new IllegalArgumentException(
          "row: " + row + " (expected: " + flushRight.length + " cells)");
    }
    rows.add(List.copyOf(row));
  }

  /** The lines, each behind {@code indent}. */
  public String text(String indent) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int column = 0; column < flushRight.length; column++) {
        String padding = " ".repeat(width(column) - row.get(column).length());
        line.append(column == 0 ? "" : "  ");
        line.append(flushRight[column] ? padding + row.get(column) : row.get(column) + padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
