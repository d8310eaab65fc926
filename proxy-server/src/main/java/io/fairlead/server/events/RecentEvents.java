package io.fairlead.server.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events, as many as are worth a look; older ones are forgotten. For any thread. */
public final class RecentEvents {
  /** How many are kept. */
  public static final int MOST = 200;

  private final Deque<Event> events = new ArrayDeque<>(MOST);

  public synchronized void add(Event event) {
    if (events.size() == MOST) {
      events.removeFirst();
    }
    events.addLast(event);
  }

  /** All that are kept, the newest last. */
  public synchronized List<Event> latest() {
    return List.copyOf(events);
  }

  /** The newest of them, the newest last. */
  public List<Event> latest(int most) {
    List<Event> all = latest();
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}
