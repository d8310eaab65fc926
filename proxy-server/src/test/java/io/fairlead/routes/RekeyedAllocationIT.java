package io.fairlead.routes;

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
      allocations.assertNone(client, "get /a/b/k\r\n", value);
      allocations.assertNone(client, "set /a/b/k 0 0 1\r\nx\r\n", "STORED\r\n");
      allocations.assertNone(client, "mg /a/b/k v k T30\r\n", "VA 1 k/a/b/k\r\nx\r\n");
    }
  }
}
