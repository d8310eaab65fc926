package io.fairlead.routes;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AllSettings.Mode;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that go to three servers at once; {@link RouteMatrixIT} says what is answered. */
@ExtendWith(LeakCheck.class)
class AllRoutesIT {
  @RegisterExtension static final Servers servers = new Servers(3);

  @Test
  void passesOnALargeValueWhileTheOthersReply() {
    String value = "v".repeat(50_000);
    CountDownLatch othersReplied = new CountDownLatch(1);
    Script inTwoPieces =
        peer -> {
          peer.expect("get k\r\n");
          peer.send("VALUE k 0 50000\r\n" + value.substring(0, 20_000));
          peer.await(othersReplied);
          peer.send(value.substring(20_000) + "\r\nEND\r\n");
        };
    servers.store(1, "k", "other");
    servers.store(2, "k", "other");
    try (ScriptedBackend first = ScriptedBackend.running(inTwoPieces);
        TestProxy proxy =
            new RouteSetup(List.of(first.port(), servers.ports().get(1), servers.ports().get(2)))
                .start(new AllSettings(Mode.INITIAL, RouteSetup.pools(3)))) {
      RawClient client = proxy.client().send("get k\r\n").expect("VALUE k 0 50000\r\nvvv");
      Await.until("nobody else is waited for", () -> proxy.count(Counter.IN_FLIGHT) == 1);
      othersReplied.countDown();
      client.expect(value.substring(3) + "\r\nEND\r\n");
    }
  }
}
