package io.fairlead.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells below one heading, and their two renderings. */
public final class Table {
  private final int columns;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(List<String> heading) {
    columns = heading.size();
    rows.add(List.copyOf(heading));
  }

  /** Adds a row of as many cells as the heading has. */
  public void add(List<String> row) {
    if (row.size() != columns) {
      throw new IllegalArgumentException("row: " + row + " (expected: " + columns + " cells)");
    }
    rows.add(List.copyOf(row));
  }

  /** Columns set apart by blanks: the first flush left, the numbers flush right. */
  public String plain() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String padding = " ".repeat(width(column) - row.get(column).length());
        line.append(column == 0 ? "" : "  ");
        line.append(column == 0 ? row.get(0) + padding : padding + row.get(column));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A table of GitHub's Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    String rule = "|---" + "|--:".repeat(columns - 1) + "|\n";
    return text.insert(text.indexOf("\n") + 1, rule).toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
