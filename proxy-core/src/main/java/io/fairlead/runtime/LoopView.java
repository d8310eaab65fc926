package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a running proxy from one of its event loops without waiting for the others;
 * on that loop only.
 */
public final class LoopView {
  private final Proxy proxy;
  private final LoopRuntime runtime;
  private final Listener listener;

  LoopView(Proxy proxy, LoopRuntime runtime, Listener listener) {
    this.proxy = proxy;
    this.runtime = runtime;
    this.listener = listener;
  }

  /** Where requests of this listener's clients go; without a question, where any may go. */
  public Outline outline(@Nullable Question question) {
    return runtime.outline(listener, question);
  }

  public ProxySettings settings() {
    return proxy.settings();
  }

  /** The counters of each event loop. */
  public List<LoopStats> loops() {
    return proxy.stats();
  }

  /** Those of each event loop for each pool; what waits may be a moment old. */
  public List<PoolStats> pools() {
    return proxy.poolCounters();
  }

  /** Those of the spool of deletes; null without one. */
  public @Nullable SpoolStats spool() {
    return proxy.spool();
  }
}
