package io.fairlead.server.admin;

import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.ClientStatus;
import io.fairlead.health.Hold;
import io.fairlead.hotkey.HotKey;
import io.fairlead.route.Outline;
import io.fairlead.runtime.Proxy;
import java.util.List;

/**
 * What the pages show of a running proxy besides its counters; those methods that ask its event
 * loops wait for them.
 */
public interface ProxyView {
  /** What it runs with now. */
  ProxySettings settings();

  /** Whether too few servers of a pool are healthy. */
  boolean isInPanic(String pool);

  /** Where requests for a pool or a tree of routes may go; asks a loop. */
  Outline outline(String target);

  /** Keys that are asked for most, pool by pool, the hottest of each first; asks the loops. */
  List<HotKey> hotKeys();

  /** What is known of clients, so many of each event loop at most; asks the loops. */
  List<ClientStatus> clients(int most);

  /**
   * Does with a server what an operator wants; false when there is no such pool or server. Asks the
   * loops.
   */
  boolean hold(String pool, String server, Hold hold);

  /** Replaces the connections to a server; returns how many. Asks the loops. */
  int reconnect(String pool, String server);

  /** That of a running proxy. */
  static ProxyView of(Proxy proxy) {
    return new ProxyView() {
      @Override
      public ProxySettings settings() {
        return proxy.settings();
      }

      @Override
      public boolean isInPanic(String pool) {
        return proxy.isInPanic(pool);
      }

      @Override
      public Outline outline(String target) {
        return proxy.outline(target, null);
      }

      @Override
      public List<HotKey> hotKeys() {
        return proxy.hotKeys();
      }

      @Override
      public List<ClientStatus> clients(int most) {
        return proxy.clients(most);
      }

      @Override
      public boolean hold(String pool, String server, Hold hold) {
        return proxy.hold(pool, server, hold);
      }

      @Override
      public int reconnect(String pool, String server) {
        return proxy.reconnect(pool, server);
      }
    };
  }
}
