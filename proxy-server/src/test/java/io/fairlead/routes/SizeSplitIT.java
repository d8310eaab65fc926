package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of more than four bytes live on server 1, with a signpost on server 0. */
@ExtendWith(LeakCheck.class)
class SizeSplitIT {
  private static final int SMALL = 0;
  private static final int LARGE = 1;

  @RegisterExtension static final Servers servers = new Servers(2);

  @ParameterizedTest
  @CsvSource({
    // the command, the reply, what each server answers to a get afterwards
    "set k 5 0 4/abcd,         STORED, VALUE k 5 4/abcd/END,      END",
    "set k 5 0 5/abcde,        STORED, VALUE k 37 0//END,         VALUE k 5 5/abcde/END",
    "ms k 4/abcd,              HD,     VALUE k 0 4/abcd/END,      END",
    "ms k 5 F5 O9 k/abcde,     HD O9 kk, VALUE k 37 0//END,       VALUE k 5 5/abcde/END",
    "ms aw== 5 b/abcde,        HD,     VALUE k 32 0//END,         VALUE k 0 5/abcde/END",
    "add k 5 0 5/abcde,        STORED, VALUE k 5 5/abcde/END,     END",
    "ms k 5 ME/abcde,          HD,     VALUE k 0 5/abcde/END,     END",
    "set k 5 9 5/abcde,        STORED, VALUE k 5 5/abcde/END,     END",
    "set k 5 10 5/abcde,       STORED, VALUE k 37 0//END,         VALUE k 5 5/abcde/END",
    "ms k 5 T9/abcde,          HD,     VALUE k 0 5/abcde/END,     END",
    "ms k 5 T99/abcde,         HD,     VALUE k 32 0//END,         VALUE k 0 5/abcde/END",
  })
  void largeValuesLiveElsewhere(String request, String reply, String small, String large) {
    try (TestProxy proxy = start(false)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.onEach("get k")).containsExactly(small, large);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "get k,           VALUE k 5 5/abcde/END",
    "get x k y,       VALUE k 5 5/abcde/END",
    "gets k,          VALUE k 5 5 N/abcde/END",
    "gat 50 k,        VALUE k 5 5/abcde/END",
    "gats 50 k,       VALUE k 5 5 N/abcde/END",
    "mg k v,          VA 5/abcde",
    "mg k v f k s O1, VA 5 f5 kk s5 O1/abcde",
    "mg k v c,        VA 5 cN/abcde",
    "mg k s,          HD s5",
    "mg aw== b v,     VA 5/abcde",
  })
  void signpostLeadsToTheValue(String request, String reply) {
    try (TestProxy proxy = start(false)) {
      RawClient client = proxy.client();
      Servers.reply(client, "set k 5 0 5/abcde");
      assertThat(TwoServers.withoutNumbers(Servers.reply(client, request))).isEqualTo(reply);
      servers.on(LARGE, "delete k");
      assertThat(Servers.reply(client, request)).isIn("END", "EN", "EN kk O1");
    }
  }

  @Test
  void casGoesToTheSignpost() {
    try (TestProxy proxy = start(false)) {
      RawClient client = proxy.client();
      for (int i = 0; i < 5; i++) { // so that the servers count differently
        servers.on(LARGE, "set other 0 0 1/x");
      }
      Servers.reply(client, "set k 5 0 5/abcde");
      String cas = Servers.reply(client, "gets k").replaceAll("VALUE k 5 5 (\\d+)/.*", "$1");
      assertThat(Servers.reply(client, "mg k v c")).isEqualTo("VA 5 c" + cas + "/abcde");
      assertThat(Servers.reply(client, "cas k 1 0 6 " + cas + "/abcdef")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 1 6/abcdef/END");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "delete k, DELETED",
    "md k,     HD",
  })
  void deleteRemovesTheSignpost(String request, String reply) {
    try (TestProxy proxy = start(false)) {
      RawClient client = proxy.client();
      Servers.reply(client, "set k 5 0 5/abcde");
      assertThat(Servers.reply(client, request)).isEqualTo(reply);
      assertThat(Servers.reply(client, "get k")).isEqualTo("END");
      assertThat(servers.on(LARGE, "get k")).isEqualTo("VALUE k 5 5/abcde/END");
    }
  }

  /** Clients in PHP mark compressed values with the flag that marks a signpost. */
  @Test
  void aValueWithTheFlagOfASignpostIsNone() {
    try (TestProxy proxy = start(false)) {
      RawClient client = proxy.client();
      Servers.reply(client, "set k 32 0 2/ab");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 32 2/ab/END");
      assertThat(Servers.reply(client, "mg k v s")).isEqualTo("VA 2 s2/ab");
    }
  }

  @Test
  void bothPlacesMayHaveLargeValues() {
    try (TestProxy proxy = start(true)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 5 0 5/abcde")).isEqualTo("STORED");
      TwoServers.awaitValues(servers, "abcde;abcde");
      servers.kill(LARGE);
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 5 5/abcde/END");
      assertThat(Servers.reply(client, "set k 5 0 6/abcdef")).isEqualTo("STORED");
    }
  }

  @ParameterizedTest
  @CsvSource({"set k 5 0 5/abcde, STORED", "set k 5 900 5/abcde, STORED", "ms k 5 F5/abcde, HD"})
  void storesForAShortTimeWhatCannotBeStoredWhereItShouldBe(String request, String reply) {
    servers.kill(LARGE);
    try (TestProxy proxy = start(false)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, request)).isEqualTo(reply);
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 5 5/abcde/END");
      assertThat(Integer.parseInt(servers.on(SMALL, "mg k t").substring("HD t".length())))
          .isBetween(50, 60);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"set k 0 1000 9/123456789", "ms k 9 T1000/123456789", "ms k 9/123456789"})
  void whatIsToBeShortLivedIsSmallWhoeverSaidSo(String request) {
    RouteSettings split =
        new SizeSplitSettings(RouteSetup.pool(0), RouteSetup.pool(1), 4, 100, 60, false, 1);
    RouteSettings shorter = new ModifyExpirySettings(split, 10, ModifyExpirySettings.Action.MIN);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(shorter)) {
      assertThat(Servers.reply(proxy.client(), request)).isIn("STORED", "HD");
      assertThat(servers.values("k")).containsExactly("123456789", "-");
    }
  }

  @Test
  void tellsOfADeadServer() {
    try (TestProxy proxy = start(false)) {
      RawClient client = proxy.client();
      Servers.reply(client, "set k 5 0 5/abcde");
      servers.kill(LARGE);
      Await.until("refused", () -> Servers.reply(client, "get k").startsWith("SERVER_ERROR"));
      assertThat(Servers.reply(client, "mg k v")).startsWith("SERVER_ERROR");
      servers.kill(SMALL);
      Await.until(
          "refused", () -> Servers.reply(client, "set k 0 0 1/x").startsWith("SERVER_ERROR"));
      assertThat(Servers.reply(client, "set k 0 0 5/abcde")).startsWith("SERVER_ERROR");
    }
  }

  @Test
  void passesLargeValues() {
    String value = "v".repeat(1_000_000);
    try (TestProxy proxy = start(false)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 0 0 1000000/" + value)).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1000000/" + value + "/END");
      assertThat(TwoServers.withoutNumbers(Servers.reply(client, "gets k")))
          .isEqualTo("VALUE k 0 1000000 N/" + value + "/END");
      assertThat(servers.on(SMALL, "get k")).isEqualTo("VALUE k 32 0//END");
    }
  }

  private static TestProxy start(boolean both) {
    return new RouteSetup(servers.ports())
        .start(
            new SizeSplitSettings(
                RouteSetup.pool(SMALL), RouteSetup.pool(LARGE), 4, 10, 60, both, 1));
  }
}
