package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.terminal.Colour;
import io.fairlead.server.terminal.ScreenSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The first lines: which proxy it is, what it does on the whole, and that it does not answer. */
final class Head {
  private static final String GAP = "  ";
  private static final int SMALLEST_SPARKLINE = 16;
  private static final int ROOMY = 20;
  private static final int MOST_LINES_OF_NUMBERS = 3;
  private static final long LATE_MICROS = 50_000;

  private final Board board;
  private final Sparkline sparkline;

  Head(Board board, Sparkline sparkline) {
    this.board = board;
    this.sparkline = sparkline;
  }

  List<Line> lines(ScreenSize size) {
    Snapshot now = board.latest();
    List<Line> lines = new ArrayList<>();
    if (now == null) {
      lines.add(new Line().add("fairlead top", Colour.BOLD));
    } else {
      lines.addAll(lines(now, size));
    }
    if (board.isSilent()) {
      lines.add(new Line().add(board.silence(), Colour.RED));
      if (!board.problem().isEmpty()) {
        lines.add(new Line().add(board.problem(), Colour.RED));
      }
    }
    return lines;
  }

  private List<Line> lines(Snapshot now, ScreenSize size) {
    Line who = who(now);
    List<Line> numbers = numbers(now);
    Line all = joined(numbers);
    if (who.length() + all.length() + 2 * GAP.length() + SMALLEST_SPARKLINE <= size.width()) {
      return List.of(withSparkline(who.add(GAP).add(all), size.width()));
    }
    int most = size.height() < ROOMY ? 1 : MOST_LINES_OF_NUMBERS;
    List<Line> lines = new ArrayList<>();
    lines.add(withSparkline(who, size.width()));
    lines.addAll(flowing(numbers, size.width(), most));
    return lines;
  }

  private Line who(Snapshot now) {
    return new Line()
        .add(board.time() + GAP)
        .add(now.host(), Colour.BOLD)
        .add(GAP + now.version() + GAP + "up " + Figures.lasting(now.uptimeSeconds()) + GAP)
        .add(now.phase(), now.phase().equals("ready") ? Colour.GREEN : Colour.YELLOW);
  }

  private List<Line> numbers(Snapshot now) {
    Rate rate = board.rates().all();
    String times =
        Figures.millis(now.times().p50Micros()) + "/" + Figures.millis(now.times().p99Micros());
    return List.of(
        new Line().add(Figures.rate(rate.requests()), Colour.BOLD).add(" req/s"),
        Line.of("hits " + Figures.percent(rate.hits())),
        Line.of("p50/p99 " + times + " ms"),
        new Line().add("err " + Figures.rate(rate.errors()) + "/s", colourOf(rate.errors())),
        Line.of(now.clients() + " clients"),
        new Line().add(lag(now), now.lagMicros() > LATE_MICROS ? Colour.YELLOW : null));
  }

  private static String lag(Snapshot now) {
    return String.format(Locale.ROOT, "lag %.1f ms", now.lagMicros() / 1000.0);
  }

  static @Nullable Colour colourOf(double errors) {
    return errors > 0 ? Colour.RED : null;
  }

  private static Line joined(List<Line> items) {
    Line line = new Line();
    items.forEach(item -> line.add(line.length() == 0 ? "" : GAP).add(item));
    return line;
  }

  /** In so many lines at most; the last items are left out. */
  private static List<Line> flowing(List<Line> items, int width, int most) {
    List<Line> lines = new ArrayList<>(List.of(new Line()));
    for (Line item : items) {
      Line line = lines.get(lines.size() - 1);
      if (line.length() > 0 && line.length() + GAP.length() + item.length() > width) {
        if (lines.size() == most) {
          break;
        }
        line = new Line();
        lines.add(line);
      }
      line.add(line.length() == 0 ? "" : GAP).add(item);
    }
    return lines;
  }

  private Line withSparkline(Line line, int width) {
    int room = width - line.length() - GAP.length();
    return room < SMALLEST_SPARKLINE
        ? line
        : line.add(GAP).add(sparkline.of(board.history().cells(room)));
  }
}
