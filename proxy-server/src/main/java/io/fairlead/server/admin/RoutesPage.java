package io.fairlead.server.admin;

import io.fairlead.config.ListenerSettings;
import io.fairlead.route.Outline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /routes}: where the requests of each listener may go. */
final class RoutesPage {
  private static final List<String> COLUMNS = List.of("listener", "target", "route");

  private final AdminState state;

  RoutesPage(AdminState state) {
    this.state = state;
  }

  Page page(PageRequest request) {
    ProxyView proxy = state.proxy();
    List<Map<String, Object>> rows = new ArrayList<>();
    if (proxy != null) {
      for (ListenerSettings listener : proxy.settings().listeners()) {
        Outline outline = proxy.outline(listener.target());
        if (request.wantsTable()) {
          outline.lines().forEach(line -> rows.add(row(listener, line)));
        } else {
          Map<String, Object> row = row(listener, outline.lines());
          row.put("servers", outline.servers());
          rows.add(row);
        }
      }
    }
    return Listing.of("routes", COLUMNS, rows).page(request);
  }

  private static Map<String, Object> row(ListenerSettings listener, Object route) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("listener", listener.address().toString());
    row.put("target", listener.target());
    row.put("route", route);
    return row;
  }
}
