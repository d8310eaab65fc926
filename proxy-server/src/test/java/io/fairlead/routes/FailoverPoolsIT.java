package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failovers are counted for the pool at which they begin. */
@ExtendWith(LeakCheck.class)
class FailoverPoolsIT {
  private static final List<String> COUNTED = List.of("s0", "s1", "s2", "tree");

  @RegisterExtension static final Servers servers = new Servers(3);

  private static RouteSettings failover(RouteSettings... children) {
    return new FailoverSettings(
        List.of(children), FailoverErrors.DEFAULT, FailoverOrder.IN_ORDER, null);
  }

  private static String counts(TestProxy proxy, PoolEvent event) {
    return COUNTED.stream()
        .map(pool -> Long.toString(proxy.count(pool, event)))
        .collect(Collectors.joining(" "));
  }

  private static void kill(String dead) {
    Stream.of(dead.split(" ", -1)).mapToInt(Integer::parseInt).forEach(servers::kill);
  }

  @ParameterizedTest
  @CsvSource({
    // which servers are dead, the request, failovers of s0, s1, s2 and the tree, those that failed
    "0,     get k,            1 0 0 0, 0 0 0 0",
    "0,     get k l,          2 0 0 0, 0 0 0 0",
    "0,     set k 0 0 1/v,    1 0 0 0, 0 0 0 0",
    "0 1,   get k,            1 0 0 0, 0 0 0 0",
    "0 1 2, get k,            1 0 0 0, 1 0 0 0",
    "0 1 2, delete k,         1 0 0 0, 1 0 0 0",
    "1 2,   get k,            0 0 0 0, 0 0 0 0",
  })
  void ofPools(String dead, String request, String failovers, String failed) {
    kill(dead);
    RouteSettings route = failover(RouteSetup.pool(0), RouteSetup.pool(1), RouteSetup.pool(2));
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(route)) {
      Servers.reply(proxy.client(), request);

      assertThat(counts(proxy, PoolEvent.FAILOVERS)).isEqualTo(failovers);
      assertThat(counts(proxy, PoolEvent.FAILOVERS_FAILED)).isEqualTo(failed);
    }
  }

  /** Whatever is around a pool, it is the one; a child of two pools is the tree. */
  @ParameterizedTest
  @CsvSource({
    // which child comes first, failovers of s0, s1, s2 and the tree
    "expiry,  1 0 0 0",
    "shadow,  1 0 0 0",
    "staging, 0 0 0 1",
  })
  void ofWhatIsAroundThem(String first, String failovers) {
    RouteSettings pool = RouteSetup.pool(0);
    RouteSettings child =
        switch (first) {
          case "expiry" -> new ModifyExpirySettings(pool, 60, ModifyExpirySettings.Action.SET);
          case "shadow" ->
              new ShadowSettings(pool, List.of(new Shadow(RouteSetup.pool(1), 0, 1, null, 1)));
          default -> new StagingSettings(pool, RouteSetup.pool(1));
        };
    kill("0 1");
    try (TestProxy proxy =
        new RouteSetup(servers.ports()).start(failover(child, RouteSetup.pool(2)))) {
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("END");

      assertThat(counts(proxy, PoolEvent.FAILOVERS)).isEqualTo(failovers);
      assertThat(proxy.count(Counter.FAILOVERS)).isOne();
    }
  }

  @Test
  void oneInAnotherIsCountedWhereEachBegins() {
    kill("0 1");
    RouteSettings inner = failover(RouteSetup.pool(0), RouteSetup.pool(1));
    try (TestProxy proxy =
        new RouteSetup(servers.ports()).start(failover(inner, RouteSetup.pool(2)))) {
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("END");

      assertThat(counts(proxy, PoolEvent.FAILOVERS)).isEqualTo("1 0 0 1");
      assertThat(counts(proxy, PoolEvent.FAILOVERS_FAILED)).isEqualTo("1 0 0 0");
    }
  }

  @Test
  void goesOnCountingWhenTheSettingsChange() {
    kill("0");
    RouteSetup setup = new RouteSetup(servers.ports());
    RouteSettings route = failover(RouteSetup.pool(0), RouteSetup.pool(1));
    try (TestProxy proxy = setup.start(route)) {
      Servers.reply(proxy.client(), "get k");
      proxy.update(setup.settings(failover(RouteSetup.pool(0), RouteSetup.pool(2))));
      Servers.reply(proxy.client(), "get k");

      assertThat(counts(proxy, PoolEvent.FAILOVERS)).isEqualTo("2 0 0 0");
    }
  }
}
