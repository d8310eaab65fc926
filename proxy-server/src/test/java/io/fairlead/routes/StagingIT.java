package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.StagingSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A warm cache, server 0, which a staging one, server 1, follows. */
@ExtendWith(LeakCheck.class)
class StagingIT {
  private static final int WARM = 0;
  private static final int STAGING = 1;

  @RegisterExtension static final Servers servers = new Servers(2);

  @ParameterizedTest
  @CsvSource({
    // the command, what warm and staging have before, the reply, what they have afterwards
    "get k,              w;-, VALUE k 0 1/w/END,   w;w",
    "get k,              w;s, VALUE k 0 1/w/END,   w;s",
    "get k,              -;s, END,                 -;s",
    "gets k,             w;-, VALUE k 0 1 N/w/END, w;w",
    "gat 50 k,           w;-, VALUE k 0 1/w/END,   w;w",
    "mg k v,             w;-, VA 1/w,              w;w",
    "mg aw== b v,        w;-, VA 1/w,              w;w",
    "mg k v T50,         w;-, VA 1/w,              w;w",
    "mg k,               w;-, HD,                  w;-",
    "set k 0 0 1/n,      -;-, STORED,              n;n",
    "set k 0 0 1/n,      w;s, STORED,              n;n",
    "add k 0 0 1/n,      -;s, STORED,              n;n",
    "add k 0 0 1/n,      w;-, NOT_STORED,          w;-",
    "replace k 0 0 1/n,  w;-, STORED,              n;n",
    "append k 0 0 1/n,   w;w, STORED,              wn;wn",
    "append k 0 0 1/n,   w;-, STORED,              wn;-",
    "delete k,           w;w, DELETED,             -;-",
    "delete k,           w;-, NOT_FOUND,           -;-",
    "incr k 1,           1;1, 2,                   2;2",
    "incr k 1,           -;1, NOT_FOUND,           -;1",
    "ms k 1/n,           w;s, HD,                  n;n",
    "ms k 1 ME/n,        -;s, HD,                  n;n",
    "ms k 1 ME/n,        w;s, NS,                  w;s",
    "md k,               w;w, HD,                  -;-",
    "ma k,               1;1, HD,                  2;2",
  })
  void answersFromWarmAndStagingFollows(String request, String before, String reply, String after) {
    TwoServers.store(servers, before);
    try (TestProxy proxy = start()) {
      assertThat(TwoServers.withoutNumbers(Servers.reply(proxy.client(), request)))
          .isEqualTo(reply);
      TwoServers.awaitValues(servers, after);
    }
  }

  @Test
  void casThatSucceededIsFollowedByAPlainSet() {
    TwoServers.store(servers, "w;s");
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();
      String unique = Servers.reply(client, "gets k").replaceAll("VALUE k 0 1 (\\d+)/.*", "$1");
      assertThat(Servers.reply(client, "cas k 0 0 1 " + unique + "1/x")).isEqualTo("EXISTS");
      assertThat(Servers.reply(client, "cas k 3 0 1 " + unique + "/n")).isEqualTo("STORED");
      TwoServers.awaitValues(servers, "n;n");
      assertThat(servers.on(STAGING, "mg k f")).isEqualTo("HD f3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "mg k v", "gat 100 k"})
  void copyHasFlagsAndExpiryOfTheOriginal(String request) {
    servers.on(WARM, "set k 6 100 1/w");
    try (TestProxy proxy = start()) {
      Servers.reply(proxy.client(), request);
      TwoServers.awaitValues(servers, "w;w");
      assertThat(servers.on(STAGING, "mg k f")).isEqualTo("HD f6");
      assertThat(Integer.parseInt(servers.on(STAGING, "mg k t").substring("HD t".length())))
          .isBetween(90, 100);
    }
  }

  @Test
  void aConditionalDeleteGoesByTheWarmCacheOnly() {
    TwoServers.store(servers, "w;w");
    servers.on(STAGING, "set k 0 0 1/w"); // another unique than the warm one
    String unique = servers.on(WARM, "mg k c").substring("HD c".length());
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "md k C999999999")).isEqualTo("EX");
      TwoServers.awaitValues(servers, "w;w");
      assertThat(Servers.reply(client, "md k k C" + unique)).isEqualTo("HD kk");
      TwoServers.awaitValues(servers, "-;-");
    }
  }

  @Test
  void touchesBoth() {
    TwoServers.store(servers, "w;w");
    try (TestProxy proxy = start()) {
      for (String request : new String[] {"touch k 500", "gat 800 k", "mg k v T900"}) {
        Servers.reply(proxy.client(), request);
        String ttl = servers.on(WARM, "mg k t").substring(0, 5);
        Await.until("touched", () -> servers.on(STAGING, "mg k t").startsWith(ttl));
        assertThat(ttl).isNotEqualTo("HD t-");
      }
    }
  }

  @Test
  void copiesLargeValues() {
    String value = "v".repeat(1_000_000);
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 0 0 1000000/" + value)).isEqualTo("STORED");
      Await.until("followed", () -> servers.on(STAGING, "get k").contains(value));
      servers.on(STAGING, "delete k");
      assertThat(Servers.reply(client, "get k")).contains(value);
      Await.until("copied", () -> servers.on(STAGING, "get k").contains(value));
    }
  }

  @Test
  void givesBackTheRoomThatCopiesTook() {
    String value = "v".repeat(200_000);
    try (TestProxy proxy = new RouteSetup(servers.ports()).loopBytes(3 << 20).start(settings())) {
      RawClient client = proxy.client();
      for (int i = 0; i < 20; i++) {
        String verb = i % 2 == 0 ? "add k" : "set k";
        String set = verb + i + " 0 0 200000/" + value;
        assertThat(Servers.reply(client, set)).isEqualTo("STORED");
      }
      assertThat(proxy.count(Counter.COPIES_SKIPPED)).isZero();
    }
  }

  @Test
  void removesFromStagingWhatThereIsNoRoomToCopy() {
    String value = "v".repeat(900_000);
    servers.store(STAGING, "k", "s");
    try (TestProxy proxy = new RouteSetup(servers.ports()).loopBytes(3 << 20).start(settings())) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 0 0 900000/" + value)).isEqualTo("STORED");
      Await.until("removed", () -> servers.values("k").get(STAGING).equals("-"));
      assertThat(Servers.reply(client, "get k")).contains(value);
      proxy.awaitCount(Counter.COPIES_SKIPPED, 2);
    }
  }

  @Test
  void stagingHasNothingAfterAWriteThatFailed() {
    TwoServers.store(servers, "w;s");
    servers.kill(WARM);
    try (TestProxy proxy = start()) {
      assertThat(Servers.reply(proxy.client(), "set k 0 0 1/n")).startsWith("SERVER_ERROR");
      Await.until("removed", () -> servers.on(STAGING, "get k").equals("END"));
    }
  }

  @Test
  void deadStagingConcernsDeletesOnly() {
    servers.kill(STAGING);
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 0 0 1/n")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/n/END");
      assertThat(Servers.reply(client, "delete k")).startsWith("SERVER_ERROR");
    }
  }

  @Test
  void frozenStagingDelaysNothing() {
    try (TestProxy proxy =
        new RouteSetup(servers.ports()).timeout(Duration.ofSeconds(30)).start(settings())) {
      RawClient client = proxy.client();
      client.send("set k 0 0 1\r\nw\r\n").expect("STORED\r\n");
      servers.freeze(STAGING);
      client.send("set k 0 0 1\r\nn\r\nget k\r\n".repeat(50));
      client.expect("STORED\r\nVALUE k 0 1\r\nn\r\nEND\r\n".repeat(50));
      servers.thaw(STAGING);
      TwoServers.awaitValues(servers, "n;n");
    }
  }

  private static StagingSettings settings() {
    return new StagingSettings(RouteSetup.pool(WARM), RouteSetup.pool(STAGING));
  }

  private static TestProxy start() {
    return new RouteSetup(servers.ports()).start(settings());
  }
}
