package io.fairlead.server.admin;

import io.fairlead.config.ProxySettings;
import io.fairlead.route.Outline;
import io.fairlead.runtime.Proxy;

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
    };
  }
}
