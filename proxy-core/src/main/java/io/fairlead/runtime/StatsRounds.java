package io.fairlead.runtime;

import io.fairlead.backend.Server;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.route.pool.ServerGroup;
import java.time.Duration;
import java.util.List;

/**
 * Asks the memcacheds of those pools that want it what they say of themselves, again and again: one
 * after the other, so that the questions are spread over the time between two of a server. One
 * event loop does it for all of them.
 */
final class StatsRounds {
  private final ProxyLoop loop;

  /** Of the rounds that were begun, those that go on. */
  private int current;

  StatsRounds(ProxyLoop loop) {
    this.loop = loop;
  }

  /** From now on these are asked, and no others; on the loop. */
  void follow(List<ServerGroup> pools) {
    current++;
    for (ServerGroup pool : pools) {
      Duration interval = pool.settings().connection().serverStats();
      if (!interval.isZero()) {
        begin(pool.servers(), interval.toNanos());
      }
    }
  }

  private void begin(List<Server> servers, long interval) {
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get(i);
      int mine = current;
      loop.later(() -> ask(server, interval, mine), interval / servers.size() * i);
    }
  }

  private void ask(Server server, long interval, int round) {
    if (round == current) {
      server.askStats();
      loop.later(() -> ask(server, interval, round), interval);
    }
  }

  /** Asks nobody any more. */
  void stop() {
    current++;
  }
}
