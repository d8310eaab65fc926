package io.fairlead.frontend.stats;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.health.HealthReport;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A proxy with one pool and one server, of which the test says how they are. */
public record FakeFigures(
    List<LoopStats> loops,
    ProxySettings settings,
    List<PoolStats> pools,
    Map<String, Map<String, HealthReport>> health,
    String configHash)
    implements ProxyFigures {
  static final String POOL = "main";
  static final ServerSettings SERVER = ServerSettings.at(new Address.Tcp("10.0.0.1", 11211));

  /** With these event loops, and nothing else of interest. */
  public static FakeFigures of(LoopStats... loops) {
    Arrays.stream(loops).forEach(each -> each.set(Counter.EVENT_LOOPS, 1));
    return new FakeFigures(
        List.of(loops),
        settings(loops.length, ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, POOL)),
        List.of(),
        Map.of(),
        "");
  }

  static ProxySettings settings(int loops, ListenerSettings... listeners) {
    return ProxySettings.of(
            List.of(listeners),
            List.of(PoolSettings.with(POOL, PoolSettings.Mode.SHARDED, List.of(SERVER)).build()))
        .threads(new ThreadSettings(loops, ThreadSettings.Transport.AUTO, true))
        .build();
  }

  FakeFigures with(ProxySettings other) {
    return new FakeFigures(loops, other, pools, health, configHash);
  }
}
