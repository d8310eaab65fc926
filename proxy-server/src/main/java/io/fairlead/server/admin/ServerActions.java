package io.fairlead.server.admin;

import io.fairlead.config.NearestKey;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.server.admin.ServerOrder.Verb;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drains, pauses, resumes and reconnects servers, and tells how they are then. */
final class ServerActions {
  private final AdminState state;

  ServerActions(AdminState state) {
    this.state = state;
  }

  /** Does it, which asks the event loops. */
  Page perform(ServerOrder order) {
    ProxyView proxy = state.proxy();
    if (proxy == null) {
      return Page.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "there is no proxy yet");
    }
    PoolSettings pool = pool(proxy, order.pool());
    if (pool == null) {
      return Page.unknown(
          "no such pool: " + order.pool(),
          NearestKey.hint(order.pool(), ListPages.poolNames(proxy)));
    }
    List<String> names = pool.servers().stream().map(ServerSettings::name).toList();
    String server = order.server();
    if (server == null) {
      return onPool(proxy, order, names);
    }
    return names.contains(server)
        ? Page.json(onServer(proxy, order, server))
        : Page.unknown(
            "no such server in pool " + pool.name() + ": " + server,
            NearestKey.hint(server, names));
  }

  private static @Nullable PoolSettings pool(ProxyView proxy, String name) {
    return proxy.settings().pools().stream()
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private Page onPool(ProxyView proxy, ServerOrder order, List<String> names) {
    for (String name : names) {
      proxy.hold(order.pool(), name, order.verb().hold());
    }
    List<ServerStatus> seen = seen(order.pool());
    List<Map<String, Object>> servers = new ArrayList<>();
    for (String name : names) {
      servers.add(now(order.pool(), name, seen));
    }
    return Page.json(Map.of("servers", servers));
  }

  private Map<String, Object> onServer(ProxyView proxy, ServerOrder order, String server) {
    int replaced = 0;
    if (order.verb() == Verb.RECONNECT) {
      replaced = proxy.reconnect(order.pool(), server);
    } else {
      proxy.hold(order.pool(), server, order.verb().hold());
    }
    List<ServerStatus> seen = seen(order.pool());
    Map<String, Object> page = now(order.pool(), server, seen);
    if (order.verb() == Verb.RECONNECT) {
      page.put("replaced", replaced);
    }
    if (order.verb() == Verb.DRAIN && seen.stream().allMatch(each -> each.state().isOut())) {
      page.put(
          "warning",
          "no server of pool " + order.pool() + " takes requests now: they fail, or are misses");
    }
    return page;
  }

  private List<ServerStatus> seen(String pool) {
    return state.readings().servers().get().stream()
        .filter(status -> status.pool().equals(pool))
        .toList();
  }

  /** Over all event loops, which agree on the state. */
  private static Map<String, Object> now(String pool, String server, List<ServerStatus> seen) {
    List<ServerStatus> ofServer =
        seen.stream().filter(status -> status.server().equals(server)).toList();
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("pool", pool);
    page.put("server", server);
    page.put("state", Words.of(ofServer.isEmpty() ? State.UP : ofServer.get(0).state()));
    page.put("in_flight", ofServer.stream().mapToInt(ServerStatus::inFlight).sum());
    return page;
  }
}
