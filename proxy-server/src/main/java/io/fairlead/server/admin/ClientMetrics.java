package io.fairlead.server.admin;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.Counters;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.ListenerStats;
import io.fairlead.metrics.LoopStats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The connections of clients, and what is kept for them, by their listeners. */
final class ClientMetrics {
  private static final String REJECTED = "rejected_";
  private static final String CLOSED = "closed_";

  /**
   * Stands where the name of a listener does for what is kept for no client; no address is such.
   */
  private static final String BACKENDS = "backends";

  private final Families families;
  private final Map<String, List<ListenerStats>> listeners;
  private final List<LoopStats> loops;

  private ClientMetrics(
      Families families, Map<String, List<ListenerStats>> listeners, List<LoopStats> loops) {
    this.families = families;
    this.listeners = listeners;
    this.loops = loops;
  }

  /**
   * @param all what each event loop counts of each listener
   * @param loops and what it counts beside
   */
  static void addTo(Families families, List<ListenerStats> all, List<LoopStats> loops) {
    Map<String, List<ListenerStats>> listeners =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    ListenerStats::listener, LinkedHashMap::new, Collectors.toList()));
    new ClientMetrics(families, listeners, loops).add();
  }

  private void add() {
    families.gauge(
        "client_connections",
        ListenerCounter.CONNECTIONS.description(),
        rows -> each(rows, ListenerCounter.CONNECTIONS));
    families.counter(
        "client_accepted",
        ListenerCounter.ACCEPTED.description(),
        rows -> each(rows, ListenerCounter.ACCEPTED));
    families.counter(
        "client_rejected",
        "client connections refused because there was no place for them",
        rows -> reasons(rows, REJECTED));
    families.counter(
        "client_closed", "client connections that have ended", rows -> reasons(rows, CLOSED));
    families.counter(
        "client_reads_paused",
        ListenerCounter.READS_PAUSED.description(),
        rows -> each(rows, ListenerCounter.READS_PAUSED));
    families.gauge("buffered_bytes", Counter.BUFFERED_BYTES.description(), this::buffered);
  }

  /** Their sum is what limits of memory act on. */
  private void buffered(Families.Rows rows) {
    each(rows, ListenerCounter.BUFFERED_BYTES);
    if (!loops.isEmpty()) {
      rows.add(Counters.joined(loops, Counter.SERVER_BUFFERED_BYTES), "listener", BACKENDS);
    }
  }

  private void each(Families.Rows rows, ListenerCounter counter) {
    listeners.forEach((name, loops) -> rows.add(Counters.joined(loops, counter), "listener", name));
  }

  private void reasons(Families.Rows rows, String kind) {
    for (ListenerCounter counter : ListenerCounter.values()) {
      String name = counter.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(kind)) {
        String reason = name.substring(kind.length());
        listeners.forEach(
            (listener, loops) ->
                rows.add(Counters.joined(loops, counter), "listener", listener, "reason", reason));
      }
    }
  }
}
