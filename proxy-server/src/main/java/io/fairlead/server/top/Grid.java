package io.fairlead.server.top;

import io.fairlead.server.terminal.Colour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of cells below a heading, made to fit a width: columns that matter least are left out, then
 * words are cut.
 */
final class Grid {
  private static final String GAP = "  ";
  private static final String CUT = "~";

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * A column.
   *
   * @param least as wide it is at least: words are not cut below that, and numbers have that much
   *     room always, so that columns do not move when they change
   * @param rank the higher, the sooner it is left out
   */
  record Column(String title, boolean isNumber, int least, int rank) {
    static Column words(String title, int least, int rank) {
      return new Column(title, false, Math.max(least, title.length()), rank);
    }

    static Column number(String title, int least, int rank) {
      return new Column(title, true, Math.max(least, title.length()), rank);
    }
  }

  /** What a row has in one column. */
  record Cell(String text, @Nullable Colour colour) {
    Cell(String text, @Nullable Colour colour) {
      this.text = text;
      this.colour = colour;
    }

    static Cell of(String text) {
      return new Cell(text, null);
    }
  }

  Grid(List<Column> columns) {
    this.columns = columns;
  }

  /** Adds a row of as many cells as there are columns. */
  void add(List<Cell> row) {
    rows.add(row);
  }

  /** The heading and the rows. */
  List<Line> lines(int width) {
    List<Integer> shown = shown(width);
    int[] widths = widths(shown, width);
    List<Line> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(column -> Cell.of(column.title)).toList(), shown, widths));
    rows.forEach(row -> lines.add(line(row, shown, widths)));
    return lines.stream().map(line -> line.cut(width)).toList();
  }

  private List<Integer> shown(int width) {
    List<Integer> shown = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    while (shown.size() > 1 && total(shown, i -> columns.get(i).least) > width) {
      int last =
          shown.stream().max(Comparator.comparingInt(i -> columns.get(i).rank)).orElseThrow();
      shown.removeIf(i -> i == last);
    }
    return shown;
  }

  private static int total(List<Integer> shown, IntUnaryOperator width) {
    return shown.stream().mapToInt(i -> width.applyAsInt(i)).sum()
        + GAP.length() * (shown.size() - 1);
  }

  private int[] widths(List<Integer> shown, int width) {
    int[] widths = new int[columns.size()];
    for (int i : shown) {
      int longest = rows.stream().mapToInt(row -> row.get(i).text.length()).max().orElse(0);
      widths[i] = Math.max(columns.get(i).least, longest);
    }
    for (int over = total(shown, i -> widths[i]) - width; over > 0; over--) {
      int widest = -1;
      for (int i : shown) {
        boolean canShrink = !columns.get(i).isNumber && widths[i] > columns.get(i).least;
        widest = canShrink && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private Line line(List<Cell> row, List<Integer> shown, int[] widths) {
    Line line = new Line();
    for (int i : shown) {
      Cell cell = row.get(i);
      String text = cut(cell.text, widths[i]);
      String padding = " ".repeat(widths[i] - text.length());
      line.add(line.length() == 0 && i == shown.get(0) ? "" : GAP);
      if (columns.get(i).isNumber) {
        line.add(padding).add(text, cell.colour);
      } else {
        line.add(text, cell.colour).add(padding);
      }
    }
    return line;
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - CUT.length()) + CUT;
  }
}
