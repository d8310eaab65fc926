package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.terminal.ScreenSize;
import java.util.ArrayList;
import java.util.List;

/**
 * What the terminal shows: the head, then pools and servers, then hot keys and events as room
 * allows. Never wider nor higher than the terminal.
 */
final class Picture {
  /** Pools may take this part of what is below the head, as their servers matter more. */
  private static final int POOLS_PART = 3;

  /** An empty line, a heading and one more: less says nothing. */
  private static final int LEAST = 3;

  private final Board board;
  private final Head head;

  Picture(Board board, Sparkline sparkline) {
    this.board = board;
    this.head = new Head(board, sparkline);
  }

  List<Line> lines(ScreenSize size) {
    List<Line> lines = new ArrayList<>(head.lines(size));
    Snapshot now = board.latest();
    if (now != null) {
      body(now, size, lines);
    }
    return lines.stream().limit(size.height()).map(line -> line.cut(size.width())).toList();
  }

  private void body(Snapshot now, ScreenSize size, List<Line> lines) {
    Section pools = new PoolsSection(now.pools(), board.rates());
    Section servers = new ServersSection(now.pools(), board.rates());
    int room = Math.max(0, size.height() - lines.size());
    int forPools = Math.min(pools.wanted(), Math.max(room / POOLS_PART, room - servers.wanted()));
    forPools = forPools < 2 ? 0 : forPools;
    int forServers = Math.min(servers.wanted(), room - forPools);
    boolean isRoomy = room - forPools - forServers >= 2;
    add(pools, forPools, isRoomy, size, lines);
    add(servers, forServers, isRoomy, size, lines);
    rest(now, size, lines);
  }

  private static void add(
      Section section, int room, boolean isApart, ScreenSize size, List<Line> lines) {
    if (room < 1) {
      return;
    }
    if (isApart) {
      lines.add(new Line());
    }
    lines.addAll(section.lines(room, size.width()));
  }

  private void rest(Snapshot now, ScreenSize size, List<Line> lines) {
    Section keys = new HotKeysSection(now.hotKeys());
    Section events = new EventsSection(now.events(), board);
    int room = size.height() - lines.size();
    int forEvents = Math.min(apart(events), Math.max(room / 2, room - apart(keys)));
    addApart(keys, Math.min(apart(keys), room - forEvents), size, lines);
    addApart(events, Math.min(apart(events), size.height() - lines.size()), size, lines);
  }

  /** With an empty line before it. */
  private static int apart(Section section) {
    return section.wanted() == 0 ? 0 : 1 + section.wanted();
  }

  private static void addApart(Section section, int room, ScreenSize size, List<Line> lines) {
    if (room >= LEAST) {
      add(section, room - 1, true, size, lines);
    }
  }
}
