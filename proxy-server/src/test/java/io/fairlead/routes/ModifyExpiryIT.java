package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyExpirySettings.Action;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that go on with another expiry. */
@ExtendWith(LeakCheck.class)
class ModifyExpiryIT {
  @ParameterizedTest
  @CsvSource({
    // action, the configured expiry, the line, what the server gets
    "SET, 60,         set k 1 0 1,           set k 1 60 1",
    "SET, 60,         set k 1 -1 1,          set k 1 -1 1",
    "SET, 0,          set k 1 60 1,          set k 1 0 1",
    "MIN, 60,         set k 1 0 1,           set k 1 60 1",
    "MIN, 60,         set k 1 59 1,          set k 1 59 1",
    "MIN, 60,         set k 1 61 1,          set k 1 60 1",
    "MIN, 60,         set k 1 -1 1,          set k 1 -1 1",
    "MIN, 0,          set k 1 61 1,          set k 1 61 1",
    "MIN, 60,         set k 1 4000000000 1,  set k 1 -294967296 1",
    "MIN, 60,         set k 1 2000000000 1,  set k 1 60 1",
    "MIN, 60,         set k 1 1000000000 1,  set k 1 1000000000 1",
    "MIN, 60,         add k 1 0 1,           add k 1 60 1",
    "MIN, 60,         replace k 1 0 1,       replace k 1 60 1",
    "MIN, 60,         cas k 1 0 1 7,         cas k 1 60 1 7",
    "MIN, 60,         append k 1 0 1,        append k 1 60 1",
    "MIN, 60,         touch k 0,             touch k 60",
    "MIN, 60,         gat 0 k,               gat 60 k",
    "MIN, 60,         gats 100 k,            gats 60 k",
    "MIN, 60,         get k,                 get k",
    "MIN, 60,         incr k 100,            incr k 100",
    "MIN, 60,         delete k,              delete k",
    "MIN, 60,         ms k 1,                ms k 1 T60",
    "MIN, 60,         ms k 1 q T100 c,       ms k 1 c T60",
    "MIN, 60,         ms k 1 MA,             ms k 1 MA",
    "MIN, 60,         ms k 1 MA N0,          ms k 1 MA N60",
    "MIN, 60,         ms k 1 Tx,             ms k 1 Tx",
    "MIN, 60,         ms k 1 T100 T200,      ms k 1 T100 T200",
    "MIN, 60,         ms a2V5 1 b,           ms a2V5 1 b T60",
    "MIN, 60,         mg k v,                mg k v",
    "MIN, 60,         mg k T0 v,             mg k v T60",
    "MIN, 60,         mg k N30 v,            mg k N30 v",
    "MIN, 60,         ma k,                  ma k",
    "MIN, 60,         ma k N0 J1 T100,       ma k J1 T60 N60",
    "MIN, 60,         md k T100,             md k T100",
    "SET, 60,         md k I T100,           md k I T100",
    "SET, 60,         ms k 1 T-1,            ms k 1 T-1",
    "MIN, 60,         me k,                  me k",
  })
  void theServerSeesAnotherExpiry(Action action, int expiry, String line, String sent) {
    try (ScriptedBackend server = ScriptedBackend.answering(ModifyExpiryIT::answer);
        TestProxy proxy = new RouteSetup(List.of(server.port())).start(over(action, expiry))) {
      boolean stores = line.matches("(set|add|replace|cas|append|ms) .*");

      Servers.reply(proxy.client(), stores ? line + "/x" : line);

      assertThat(server.lines().get(0)).isEqualTo(sent);
    }
  }

  @Test
  void aValueInItsLargestSizeExpiresToo() {
    try (Servers servers = new Servers(1);
        TestProxy proxy = new RouteSetup(servers.ports()).start(over(Action.MIN, 60))) {
      RawClient client = proxy.client();
      String value = "v".repeat(200_000);

      client.send("set k 0 0 200000\r\n" + value + "\r\n").expect("STORED\r\n");
      client.send("ms m 200000\r\n" + value + "\r\n").expect("HD\r\n");

      assertThat(servers.on(0, "mg k s t")).matches("HD s200000 t(60|5\\d)");
      assertThat(servers.on(0, "mg m s t")).matches("HD s200000 t(60|5\\d)");
      client.send("get k\r\n").expect("VALUE k 0 200000\r\n" + value + "\r\nEND\r\n");
    }
  }

  @Test
  void theStricterOfTwoCounts() {
    ModifyExpirySettings inner = new ModifyExpirySettings(RouteSetup.pool(0), 50, Action.MIN);
    ModifyExpirySettings outer = new ModifyExpirySettings(inner, 200, Action.MIN);
    try (Servers servers = new Servers(1);
        TestProxy proxy = new RouteSetup(servers.ports()).start(outer)) {
      assertThat(Servers.reply(proxy.client(), "ms k 1 T100/x")).isEqualTo("HD");
      assertThat(servers.on(0, "mg k t")).matches("HD t(50|4\\d)");
    }
  }

  private static ModifyExpirySettings over(Action action, int expiry) {
    return new ModifyExpirySettings(RouteSetup.pool(0), expiry, action);
  }

  private static String answer(String line) {
    return switch (line.substring(0, 2)) {
      case "ge", "ga" -> "END\r\n";
      case "mg", "me" -> "EN\r\n";
      case "ms", "ma", "md" -> "HD\r\n";
      case "to" -> "TOUCHED\r\n";
      case "de" -> "DELETED\r\n";
      case "in" -> "1\r\n";
      default -> "STORED\r\n";
    };
  }
}
