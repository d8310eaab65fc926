package io.fairlead.server.admin;

import io.fairlead.discovery.SourceStatus;
import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.ListenerStats;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.runtime.Proxy;
import io.fairlead.tls.KeyringStatus;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a running proxy lets others read, from any thread.
 *
 * @param loops the counters of each event loop, always in the same order
 * @param servers what each event loop knows of each server at the moment of the call
 * @param pools what each event loop counts of each pool and its servers, always in the same order;
 *     what waits there is counted at the moment of the call
 * @param poolFacts what holds for each pool on all event loops
 * @param listeners what each event loop counts of each listener
 * @param spool the counters of the spool of deletes; null without one
 * @param sources how each source of servers does
 * @param stuckLoops a sentence for each event loop that does not end a turn
 * @param loopLags how late each event loop comes to new work
 * @param allocator of the buffers of all event loops; null for a proxy that is not there
 * @param certificates how those are that it shows
 */
public record ProxyReadings(
    Supplier<? extends List<LoopStats>> loops,
    Supplier<? extends List<ServerStatus>> servers,
    Supplier<? extends List<PoolStats>> pools,
    Supplier<? extends List<PoolFacts>> poolFacts,
    Supplier<? extends List<ListenerStats>> listeners,
    Supplier<? extends @Nullable SpoolStats> spool,
    Supplier<? extends List<SourceStatus>> sources,
    Supplier<? extends List<String>> stuckLoops,
    Supplier<? extends List<Duration>> loopLags,
    Supplier<? extends @Nullable ByteBufAllocatorMetricProvider> allocator,
    Supplier<KeyringStatus> certificates) {

  /** Those of a proxy that is not there yet. */
  static final ProxyReadings NONE = new ProxyReadings(List::of, List::of, List::of);

  /** Those of a proxy that turns, without a spool of deletes and sources of servers. */
  public ProxyReadings(
      Supplier<? extends List<LoopStats>> loops,
      Supplier<? extends List<ServerStatus>> servers,
      Supplier<? extends List<PoolStats>> pools) {
    this(
        loops,
        servers,
        pools,
        List::of,
        List::of,
        () -> null,
        List::of,
        List::of,
        List::of,
        () -> null,
        () -> KeyringStatus.EMPTY);
  }

  /** Those of a proxy that is there. */
  public static ProxyReadings of(Proxy proxy) {
    Fingerprints fingerprints = new Fingerprints();
    return new ProxyReadings(
        proxy::stats,
        proxy::servers,
        proxy::pools,
        () -> fingerprints.of(proxy),
        proxy::listeners,
        proxy::spool,
        proxy::sources,
        proxy::stuckLoops,
        proxy::loopLags,
        proxy::allocator,
        proxy::certificates);
  }
}
