package io.fairlead.server.doctor;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.server.client.AtOnce;
import io.fairlead.server.client.Servers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Asks every server how it is, many at the same time, and compares what they say. */
final class ServersCheck {
  private final ProxySettings settings;
  private final Servers servers;
  private final InstantSource clock;

  ServersCheck(ProxySettings settings, Servers servers, InstantSource clock) {
    this.settings = settings;
    this.servers = servers;
    this.clock = clock;
  }

  List<Finding> findings() {
    List<Callable<ServerVisit>> visits = new ArrayList<>();
    for (PoolSettings pool : settings.pools()) {
      for (ServerSettings server : pool.servers()) {
        visits.add(() -> visit(pool, server));
      }
    }
    Map<String, ServerVisit> visited = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (ServerVisit visit : AtOnce.all(visits)) {
      findings.addAll(visit.findings());
      visited.putIfAbsent(visit.address(), visit);
    }
    List<ServerVisit> distinct = List.copyOf(visited.values());
    findings.addAll(SameServers.findings(distinct));
    distinct.forEach(ServerVisit::close);
    return findings;
  }

  private ServerVisit visit(PoolSettings pool, ServerSettings server) {
    ServerVisit visit = new ServerVisit(pool, server, settings.limits().valueBytes(), clock);
    visit.go(servers);
    return visit;
  }
}
