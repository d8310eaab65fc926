package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import io.fairlead.server.terminal.Colour;
import io.fairlead.server.top.Grid.Cell;
import io.fairlead.server.top.Grid.Column;
import java.util.ArrayList;
import java.util.List;

/** The pools; those in panic come first. */
final class PoolsSection implements Section {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("pool", 12, 0),
          Column.words("servers up", 10, 1),
          Column.number("req/s", 6, 2),
          Column.number("hits", 6, 4),
          Column.number("err/s", 5, 3),
          Column.number("p99 ms", 6, 5),
          Column.words("kind", 20, 6));

  private final List<Pool> pools;
  private final Rates rates;

  PoolsSection(List<Pool> pools, Rates rates) {
    this.pools = pools;
    this.rates = rates;
  }

  @Override
  public int wanted() {
    return pools.isEmpty() ? 0 : 1 + pools.size();
  }

  @Override
  public List<Line> lines(int room, int width) {
    Chosen<Pool> chosen = Chosen.of(pools, pool -> !pool.isInPanic(), room - 1);
    Grid grid = new Grid(COLUMNS);
    chosen.shown().forEach(pool -> grid.add(row(pool)));
    List<Line> lines = new ArrayList<>(grid.lines(width));
    if (!chosen.left().isEmpty()) {
      lines.add(Line.of(chosen.left().size() + " more pools").cut(width));
    }
    return lines;
  }

  private List<Cell> row(Pool pool) {
    Rate rate = rates.of(pool);
    long up = pool.servers().stream().filter(Server::isUp).count();
    String share = up + "/" + pool.servers().size();
    return List.of(
        Cell.of(pool.name()),
        pool.isInPanic() ? new Cell(share + " panic", Colour.RED) : Cell.of(share),
        Cell.of(Figures.rate(rate.requests())),
        Cell.of(Figures.percent(rate.hits())),
        new Cell(Figures.rate(rate.errors()), Head.colourOf(rate.errors())),
        Cell.of(Figures.millis(pool.times().p99Micros())),
        Cell.of((pool.kind().replace('_', ' ') + " " + pool.placement()).strip()));
  }
}
