package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.terminal.Colour;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened lately, newest first. */
final class EventsSection implements Section {
  private final List<Snapshot.Event> events;
  private final Board board;

  EventsSection(List<Snapshot.Event> events, Board board) {
    this.events = events;
    this.board = board;
  }

  @Override
  public int wanted() {
    return events.isEmpty() ? 0 : 1 + events.size();
  }

  @Override
  public List<Line> lines(int room, int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("events, newest first").cut(width));
    for (int i = events.size() - 1; i >= 0 && lines.size() < room; i--) {
      lines.add(line(events.get(i)).cut(width));
    }
    return lines;
  }

  private Line line(Snapshot.Event event) {
    return new Line()
        .add(board.time(event.timeMillis()) + "  ")
        .add(event.level(), colourOf(event.level()))
        .add("  " + event.message() + "  " + event.facts());
  }

  private static @Nullable Colour colourOf(String level) {
    return switch (level) {
      case "error" -> Colour.RED;
      case "warn" -> Colour.YELLOW;
      default -> null;
    };
  }
}
