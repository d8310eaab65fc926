package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.ProxySettings;
import io.fairlead.config.SpoolSettings;
import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Other pools and routes while clients go on. */
@ExtendWith(LeakCheck.class)
class UpdateIT {
  @RegisterExtension static final Servers servers = new Servers(2);

  private RouteSetup setup;

  @BeforeEach
  void reset() {
    setup = new RouteSetup(servers.ports());
  }

  @Test
  void clientsFollowToOtherRoutes() {
    servers.store(0, "k", "zero");
    servers.store(1, "k", "one");
    try (TestProxy proxy = setup.start(RouteSetup.pool(0))) {
      RawClient client = proxy.client();
      client.send("get k\r\n").expect("VALUE k 0 4\r\nzero\r\nEND\r\n");

      proxy.update(setup.settings(RouteSetup.pool(1)));

      client.send("get k\r\n").expect("VALUE k 0 3\r\none\r\nEND\r\n");
      proxy.client().send("get k\r\n").expect("VALUE k 0 3\r\none\r\nEND\r\n");
    }
  }

  @Test
  void poolsThatStayKeepTheirConnections() {
    try (TestProxy proxy = setup.start(RouteSetup.pool(0))) {
      proxy.client().send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      proxy.awaitCount(Counter.CONNECTS, 2);

      for (int i = 0; i < 10; i++) {
        proxy.update(setup.settings(new AllSettings(AllSettings.Mode.SYNC, RouteSetup.pools(2))));
      }

      proxy.client().send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      assertThat(proxy.count(Counter.CONNECTS)).isEqualTo(2);
    }
  }

  @Test
  void aPoolThatChangedAnswersWhatItWasAskedAndIsClosed() {
    try (TestProxy proxy = setup.start(RouteSetup.pool(0))) {
      RawClient client = proxy.client();
      client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      String before = connections();
      servers.freeze(0);
      client.send("get k\r\n");
      proxy.awaitCount(Counter.SERVER_REQUESTS, 2);

      proxy.update(
          new RouteSetup(servers.ports())
              .timeout(Duration.ofSeconds(9))
              .settings(RouteSetup.pool(1)));
      servers.thaw(0);

      client.expect("VALUE k 0 1\r\nx\r\nEND\r\n");
      client.send("get k\r\n").expect("END\r\n");
      Await.until(
          "the connections of the old pools are closed", () -> connections().equals(before));
    }
  }

  @Test
  void aPoolThatIsGoneStillServesWhatFailsElsewhere() {
    Duration timeout = Duration.ofMillis(500);
    RouteSetup both = new RouteSetup(servers.ports()).timeout(timeout);
    RouteSetup first = new RouteSetup(servers.ports().subList(0, 1)).timeout(timeout);
    servers.store(1, "k", "one");
    RouteSettings failover =
        new FailoverSettings(
            RouteSetup.pools(2), FailoverErrors.DEFAULT, FailoverOrder.IN_ORDER, null);
    try (TestProxy proxy = both.start(failover)) {
      RawClient client = proxy.client();
      client.send("get k\r\n").expect("END\r\n");
      long requests = proxy.count(Counter.SERVER_REQUESTS);
      servers.freeze(0);
      client.send("get k\r\n");
      proxy.awaitCount(Counter.SERVER_REQUESTS, requests + 1);

      proxy.update(first.settings(RouteSetup.pool(0)));

      client.expect("VALUE k 0 3\r\none\r\nEND\r\n");
    } finally {
      servers.thaw(0);
    }
  }

  @Test
  void anotherSpoolOfDeletesTakesARestart() {
    ProxySettings started = setup.settings(RouteSetup.pool(0));
    try (TestProxy proxy = setup.start(RouteSetup.pool(0))) {
      SpoolSettings spool = SpoolSettings.in(Path.of("elsewhere"));

      assertThat(proxy.update(started.change().deleteSpool(spool).build()))
          .containsExactly("delete_spool");
      assertThat(Path.of("elsewhere")).doesNotExist();
    }
  }

  /** Those of the first server, with the one that asks. */
  private static String connections() {
    return servers.on(0, "stats").replaceFirst(".*STAT (curr_connections \\d+)/.*", "$1");
  }

  @Test
  void nothingIsLostUnderLoad() {
    RouteSettings all = new AllSettings(AllSettings.Mode.FASTEST, RouteSetup.pools(2));
    try (TestProxy proxy = setup.start(all)) {
      RawClient client = proxy.client();
      for (int round = 0; round < 50; round++) {
        String keys = "k" + round;
        client.send(("set " + keys + " 0 0 1\r\nx\r\nget " + keys + "\r\n").repeat(20));
        proxy.update(setup.settings(round % 2 == 0 ? RouteSetup.pool(0) : all));
        for (int i = 0; i < 20; i++) {
          client.expect("STORED\r\nVALUE " + keys + " 0 1\r\nx\r\nEND\r\n");
        }
      }
    }
  }

  @Test
  void aListenerThatWouldLeadNowhereChangesNothing() {
    ProxySettings started = setup.settings(RouteSetup.pool(0));
    try (TestProxy proxy = setup.start(RouteSetup.pool(0))) {
      proxy.client().send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");

      assertThatThrownBy(() -> proxy.update(started.change().routes(List.of()).build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("no pool or tree of routes is called tree");

      proxy.client().send("get k\r\n").expect("VALUE k 0 1\r\nx\r\nEND\r\n");
    }
  }
}
