package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyExpirySettings.Action;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LoopAllocations;
import io.fairlead.testkit.RawClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests that go on under other keys cost no object either. */
class RekeyedAllocationIT {
  /** Half the smallest object there is. */
  private static final double MOST_BYTES_PER_REQUEST = 8;

  @Test
  void changesRequestsWithoutAllocating() {
    RouteSettings renamed = new ModifyKeySettings(RouteSetup.pool(0), "a:", null, ":s", false);
    RouteSettings changed = new ModifyExpirySettings(renamed, 60, Action.MIN);
    try (Servers servers = new Servers(1);
        LoopAllocations allocations = new LoopAllocations();
        TestProxy proxy =
            new RouteSetup(servers.ports())
                .start(new RoutingPrefixSettings(Map.of("/a/b/", changed), "/a/b/", false))) {
      RawClient client = proxy.client();
      client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");

      String value = "VALUE /a/b/k 0 1\r\nx\r\nEND\r\n";
      assertNone(allocations, client, "get /a/b/k\r\n", value);
      assertNone(allocations, client, "set /a/b/k 0 0 1\r\nx\r\n", "STORED\r\n");
      assertNone(allocations, client, "mg /a/b/k v k T30\r\n", "VA 1 k/a/b/k\r\nx\r\n");
    }
  }

  private static void assertNone(
      LoopAllocations allocations, RawClient client, String request, String reply) {
    assertThat(allocations.bytesPerRequest(client, request, reply))
        .as("bytes for each %s", request.strip())
        .isLessThan(MOST_BYTES_PER_REQUEST);
  }
}
