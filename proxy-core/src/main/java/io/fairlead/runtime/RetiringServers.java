package io.fairlead.runtime;

import io.fairlead.backend.Server;
import io.fairlead.loop.ProxyLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The servers that are not configured any more, until what they were asked for is answered. */
final class RetiringServers {
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(30);
  private static final Duration FAREWELL_CHECK = Duration.ofMillis(50);

  private final ProxyLoop loop;
  private final Set<Server> servers = new LinkedHashSet<>();

  /** Routes before the present ones whose requests are not over. */
  private final List<LoopRoutes> former = new ArrayList<>();

  RetiringServers(ProxyLoop loop) {
    this.loop = loop;
  }

  /** Takes leave of the servers that the present routes do not have; on the loop. */
  void add(LoopRoutes before, LoopRoutes present) {
    former.add(before);
    forgetFormer();
    long deadline = loop.now() + LONGEST_FAREWELL.toNanos();
    before.serversWithout(present).forEach(server -> retire(server, deadline));
  }

  /**
   * Closes a server when the requests in flight are over, also those that a route may yet send to
   * it because another one fails.
   */
  private void retire(Server server, long deadline) {
    servers.add(server);
    forgetFormer();
    boolean isBusy = server.isBusy() || !former.isEmpty();
    if (isBusy && loop.now() - deadline < 0) {
      loop.later(() -> retire(server, deadline), FAREWELL_CHECK.toNanos());
      return;
    }
    servers.remove(server);
    server.close();
  }

  private void forgetFormer() {
    former.removeIf(each -> !each.areBusy());
  }

  void close() {
    servers.forEach(Server::close);
  }
}
