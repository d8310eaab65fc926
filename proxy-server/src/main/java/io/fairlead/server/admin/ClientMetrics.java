package io.fairlead.server.admin;

import io.fairlead.metrics.Counters;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.ListenerStats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The connections of clients, by their listeners. */
final class ClientMetrics {
  private static final String REJECTED = "rejected_";
  private static final String CLOSED = "closed_";

  private final Families families;
  private final Map<String, List<ListenerStats>> listeners;

  private ClientMetrics(Families families, Map<String, List<ListenerStats>> listeners) {
    this.families = families;
    this.listeners = listeners;
  }

  /**
   * @param all what each event loop counts of each listener
   */
  static void addTo(Families families, List<ListenerStats> all) {
    Map<String, List<ListenerStats>> listeners =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    ListenerStats::listener, LinkedHashMap::new, Collectors.toList()));
    new ClientMetrics(families, listeners).add();
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
