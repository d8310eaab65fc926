package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.HostId;
import io.fairlead.config.route.HashStopSettings;
import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shards whose keys live under several names, and keys with a hash stop that may not pass. */
@ExtendWith(LeakCheck.class)
class ShardSplitIT {
  @RegisterExtension static final Servers servers = new Servers(1);

  @ParameterizedTest
  @CsvSource({
    "true,  delete p:7:x, DELETED,   -;-;-",
    "false, delete p:7:x, DELETED,   -;b;c",
    "true,  md p:7:x k,   HD kp:7:x, -;-;-",
    "true,  get p:7:x,    VALUE p:7:x 0 1/a/END, a;b;c",
    "true,  set p:7:x 0 0 1/n,       STORED, n;b;c",
    "true,  delete p:8:x, NOT_FOUND, a;b;c",
    "true,  delete p:7,   NOT_FOUND, a;b;c",
    "true,  delete p7x,   NOT_FOUND, a;b;c",
  })
  void deletesGoToAllNamesOfASplitShard(
      boolean fanout, String request, String reply, String afterwards) {
    List<String> names = Arrays.asList("p:7:x", "p:7aa:x", "p:7ba:x");
    Collections.rotate(names, -(int) (HostId.ofThisHost() % 3)); // that of this host first
    for (int i = 0; i < 3; i++) {
      servers.store(0, names.get(i), String.valueOf((char) ('a' + i)));
    }
    ShardSplitSettings settings =
        new ShardSplitSettings(RouteSetup.pool(0), Map.of("7", 3, "9", 2), fanout);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(settings)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      List<String> left = List.of(afterwards.split(";", -1));
      Await.until("they are " + left, () -> values(names).equals(left));
    }
  }

  private static List<String> values(List<String> names) {
    return names.stream().map(name -> servers.values(name).get(0)).toList();
  }

  @Test
  void aDeleteIsToldByTheNameOfThisHost() {
    List<String> names = List.of("p:7:x", "p:7aa:x", "p:7ba:x");
    String own = names.get((int) (HostId.ofThisHost() % 3));
    servers.store(0, own, "a");
    ShardSplitSettings settings = new ShardSplitSettings(RouteSetup.pool(0), Map.of("7", 3), true);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(settings)) {
      assertThat(Servers.reply(proxy.client(), "delete p:7:x")).isEqualTo("DELETED");
      servers.store(0, names.get((int) ((HostId.ofThisHost() + 1) % 3)), "b");
      assertThat(Servers.reply(proxy.client(), "delete p:7:x")).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void onlyAllowedKeysMayHaveAHashStop() {
    HashStopSettings settings = new HashStopSettings(RouteSetup.pool(0), List.of("ok:", "fine"));
    String refused = "SERVER_ERROR HashStopAllowListRoute: no hash stop is allowed in this key";
    String value = "v".repeat(100_000);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(settings)) {
      RawClient client = proxy.client();

      assertThat(Servers.reply(client, "set ok:k|#|t 0 0 1/x")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "set k 0 0 1/x")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "set k|#| 0 0 1/x")).isEqualTo(refused);
      assertThat(Servers.reply(client, "get k|#|t")).isEqualTo(refused);
      assertThat(Servers.reply(client, "mg fin|#|t v")).isEqualTo(refused);
      assertThat(Servers.reply(client, "set k|#| 0 0 100000/" + value)).isEqualTo(refused);
      assertThat(Servers.reply(client, "set k 0 0 100000/" + value)).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get ok:k|#|t")).isEqualTo("VALUE ok:k|#|t 0 1/x/END");
    }
  }
}
