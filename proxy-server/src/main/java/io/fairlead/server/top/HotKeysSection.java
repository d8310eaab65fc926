package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot.HotKey;
import io.fairlead.server.top.Grid.Cell;
import io.fairlead.server.top.Grid.Column;
import java.util.List;

/** The keys that are asked for most, the hottest first. */
final class HotKeysSection implements Section {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("hot key", 20, 0),
          Column.number("req/s", 6, 1),
          Column.number("share", 6, 2),
          Column.words("pool", 8, 3));

  private final List<HotKey> keys;

  HotKeysSection(List<HotKey> keys) {
    this.keys = keys;
  }

  @Override
  public int wanted() {
    return keys.isEmpty() ? 0 : 1 + keys.size();
  }

  @Override
  public List<Line> lines(int room, int width) {
    Grid grid = new Grid(COLUMNS);
    for (HotKey key : keys.subList(0, Math.min(keys.size(), room - 1))) {
      grid.add(
          List.of(
              Cell.of(key.key()),
              Cell.of(Figures.rate(key.perSecond())),
              Cell.of(Figures.percent(key.share())),
              Cell.of(key.pool())));
    }
    return grid.lines(width);
  }
}
