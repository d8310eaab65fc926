package io.fairlead.server.admin;

import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a running proxy lets others read, from any thread.
 *
 * @param loops the counters of each event loop, always in the same order
 * @param servers what each event loop knows of each server at the moment of the call
 * @param pools what each event loop counts of each pool and its servers, always in the same order;
 *     what waits there is counted at the moment of the call
 */
public record ProxyReadings(
    Supplier<? extends List<LoopStats>> loops,
    Supplier<? extends List<ServerStatus>> servers,
    Supplier<? extends List<PoolStats>> pools) {

  /** Those of a proxy that is not there yet. */
  static final ProxyReadings NONE = new ProxyReadings(List::of, List::of, List::of);
}
