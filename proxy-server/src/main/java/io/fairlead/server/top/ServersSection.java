package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import io.fairlead.server.terminal.Colour;
import io.fairlead.server.top.Grid.Cell;
import io.fairlead.server.top.Grid.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The servers of all pools; those that are not up come first when not all fit. */
final class ServersSection implements Section {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("server", 12, 0),
          Column.words("state", 23, 1),
          Column.number("req/s", 6, 2),
          Column.number("hits", 6, 4),
          Column.number("err/s", 5, 3),
          Column.number("p99 ms", 6, 5),
          Column.number("in flight", 9, 6),
          Column.number("share", 6, 7),
          Column.number("connections", 11, 8),
          Column.words("address", 16, 9));
  private static final double MILLIS_PER_SECOND = 1000;

  private final List<Row> rows = new ArrayList<>();
  private final Rates rates;
  private final boolean isOnePool;

  private record Row(Pool pool, Server server) {
    boolean isUp() {
      return server.isUp();
    }
  }

  ServersSection(List<Pool> pools, Rates rates) {
    this.rates = rates;
    this.isOnePool = pools.size() == 1;
    pools.forEach(pool -> pool.servers().forEach(server -> rows.add(new Row(pool, server))));
  }

  @Override
  public int wanted() {
    return rows.isEmpty() ? 0 : 1 + rows.size();
  }

  @Override
  public List<Line> lines(int room, int width) {
    Chosen<Row> chosen = Chosen.of(rows, Row::isUp, room - 1);
    List<Line> lines = new ArrayList<>();
    if (room > 1) {
      Grid grid = new Grid(COLUMNS);
      chosen.shown().forEach(row -> grid.add(cells(row)));
      lines.addAll(grid.lines(width));
    }
    if (!chosen.left().isEmpty()) {
      lines.add(left(chosen.left()).cut(width));
    }
    return lines;
  }

  private static Line left(List<Row> left) {
    long troubled = left.stream().filter(row -> !row.isUp()).count();
    String many = left.size() + (left.size() == 1 ? " more server" : " more servers");
    return troubled == 0
        ? Line.of(many + ", up")
        : Line.of(many + ", ").add(troubled + " of them not up", Colour.RED);
  }

  private List<Cell> cells(Row row) {
    Server server = row.server;
    Rate rate = rates.of(row.pool, server);
    return List.of(
        Cell.of(isOnePool ? server.name() : row.pool.name() + "/" + server.name()),
        new Cell(state(server), colourOf(server.state())),
        Cell.of(Figures.rate(rate.requests())),
        Cell.of(Figures.percent(rate.hits())),
        new Cell(Figures.rate(rate.errors()), Head.colourOf(rate.errors())),
        Cell.of(Figures.millis(server.times().p99Micros())),
        Cell.of(Long.toString(server.inFlight())),
        Cell.of(Figures.percent(server.share() < 0 ? Double.NaN : server.share())),
        Cell.of(Long.toString(server.connections())),
        Cell.of(server.address()));
  }

  private static String state(Server server) {
    if (server.isUp()) {
      return server.state();
    }
    StringBuilder text = new StringBuilder(server.state());
    if (!server.reason().isEmpty()) {
      text.append(": ").append(server.reason().replace('_', ' '));
    }
    if (server.nextProbeMillis() >= 0) {
      double seconds = server.nextProbeMillis() / MILLIS_PER_SECOND;
      text.append(String.format(Locale.ROOT, ", probe in %.1f s", seconds));
    }
    return text.toString();
  }

  private static @Nullable Colour colourOf(String state) {
    return switch (state) {
      case "up" -> Colour.GREEN;
      case "ramping", "failing", "paused", "drained" -> Colour.YELLOW;
      case "ejected", "probing" -> Colour.RED;
      default -> null;
    };
  }
}
