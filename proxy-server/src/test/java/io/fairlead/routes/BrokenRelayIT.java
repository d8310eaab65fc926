package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import io.fairlead.testkit.ScriptedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that breaks off in the middle of a large value has failed, and not served. */
@ExtendWith(LeakCheck.class)
class BrokenRelayIT {
  /** The first connection breaks off, the others find nothing. */
  private static final Script HALF =
      peer -> {
        peer.expect("get big\r\n");
        peer.send("VALUE big 0 100000\r\n" + "v".repeat(50_000));
        peer.pause(Duration.ofMillis(50));
        peer.close();
      };

  @RegisterExtension static final Servers servers = new Servers(1);

  private static void breakOff(TestProxy proxy) {
    try (RawClient client = proxy.client()) {
      client
          .send("get big\r\n")
          .expect("VALUE big 0 100000\r\n" + "v".repeat(50_000))
          .expectClosed();
    }
  }

  @Test
  void theOrderByFailuresCountsItAsAFailure() {
    RouteSettings route =
        new FailoverSettings(
            RouteSetup.pools(3), FailoverErrors.DEFAULT, new FailoverOrder.LeastFailures(2), null);
    servers.store(0, "k", "v");
    try (ScriptedBackend breaking = ScriptedBackend.running(HALF);
        TestProxy proxy =
            new RouteSetup(List.of(FreePorts.next(), breaking.port(), servers.ports().get(0)))
                .eject(EjectSettings.OFF)
                .start(route)) {
      breakOff(proxy);

      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("VALUE k 0 1/v/END");
    }
  }

  /** Two reads tell whether the server is cold, of which one has not come to its end. */
  @Test
  void aSlowWarmUpCountsNoHit() {
    Script scripts =
        new Script() {
          private int connections;

          @Override
          public void run(ScriptedConnection peer) throws IOException, InterruptedException {
            if (++connections == 1) {
              HALF.run(peer);
            } else {
              Script.answering(line -> "END\r\n").run(peer);
            }
          }
        };
    RouteSettings route =
        new SlowWarmUpSettings(RouteSetup.pool(0), RouteSetup.pool(1), 0.7, 0.9, 0, 0, 2);
    servers.store(0, "k", "fallback");
    try (ScriptedBackend breaking = ScriptedBackend.running(scripts);
        TestProxy proxy =
            new RouteSetup(List.of(breaking.port(), servers.ports().get(0)))
                .eject(EjectSettings.OFF)
                .start(route)) {
      breakOff(proxy);

      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("END");
      assertThat(Servers.reply(client, "get k")).as("not known to be cold").isEqualTo("END");
      assertThat(Servers.reply(client, "get k")).as("cold").isEqualTo("VALUE k 0 8/fallback/END");
    }
  }
}
