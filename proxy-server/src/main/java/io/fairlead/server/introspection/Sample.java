package io.fairlead.server.introspection;

import io.fairlead.frontend.stats.ProcessUsage;
import io.fairlead.health.ServerStatus;
import java.util.List;

/** What was noted a moment ago, because asking for it takes time. */
record Sample(List<ServerStatus> servers, ProcessUsage usage) {
  Sample {
    servers = List.copyOf(servers);
  }

  /** How each event loop saw a server. */
  List<ServerStatus> of(String pool, String server) {
    return servers.stream()
        .filter(status -> status.pool().equals(pool) && status.server().equals(server))
        .toList();
  }

  static boolean isEjected(ServerStatus status) {
    return status.state().isOut();
  }
}
