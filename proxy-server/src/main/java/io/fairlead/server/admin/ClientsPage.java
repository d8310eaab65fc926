package io.fairlead.server.admin;

import io.fairlead.frontend.ClientStatus;
import io.fairlead.metrics.Counter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /clients}: who is connected, as many as a list may have. */
final class ClientsPage {
  private static final List<String> COLUMNS =
      List.of(
          "address",
          "listener",
          "tls",
          "identity",
          "age_seconds",
          "idle_seconds",
          "requests",
          "in_flight",
          "buffered_bytes");

  private final AdminState state;

  ClientsPage(AdminState state) {
    this.state = state;
  }

  Page page(PageRequest request) {
    ProxyView proxy = state.proxy();
    List<ClientStatus> seen = proxy == null ? List.of() : proxy.clients(Listing.MOST_ROWS);
    List<Map<String, Object>> rows = seen.stream().map(ClientsPage::row).toList();
    long all =
        state.readings().loops().get().stream().mapToLong(loop -> loop.get(Counter.CLIENTS)).sum();
    return Listing.of("clients", COLUMNS, rows, Math.max(all, rows.size())).page(request);
  }

  private static Map<String, Object> row(ClientStatus client) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("address", client.address());
    row.put("listener", client.listener());
    row.put("tls", client.tls());
    String identity = client.identity();
    if (identity != null) {
      row.put("identity", identity);
    }
    row.put("age_seconds", client.age().toSeconds());
    row.put("idle_seconds", client.idle().toSeconds());
    row.put("requests", client.lines());
    row.put("in_flight", client.inFlight());
    row.put("buffered_bytes", client.bufferedBytes());
    return row;
  }
}
