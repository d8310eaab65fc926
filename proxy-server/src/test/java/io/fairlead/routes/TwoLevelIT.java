package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A near cache, server 0, that is filled from a far one, server 1. */
@ExtendWith(LeakCheck.class)
class TwoLevelIT {
  private static final int NEAR = 0;
  private static final int FAR = 1;

  @RegisterExtension static final Servers servers = new Servers(2);

  @ParameterizedTest
  @CsvSource({
    // the command, what near and far have before, the reply, what they have afterwards
    "get k,             -;f, VALUE k 0 1/f/END,   f;f",
    "get k,             n;f, VALUE k 0 1/n/END,   n;f",
    "get k,             -;-, END,                 -;-",
    "gets k,            -;f, VALUE k 0 1 N/f/END, f;f",
    "gat 30 k,          -;f, VALUE k 0 1/f/END,   f;f",
    "mg k v,            -;f, VA 1/f,              f;f",
    "mg k v c,          -;f, VA 1 cN/f,           f;f",
    "mg aw== b v,       -;f, VA 1/f,              f;f",
    "mg k,              -;f, HD,                  -;f",
    "set k 0 0 1/x,     -;f, STORED,              x;f",
    "delete k,          n;f, DELETED,             -;f",
    "incr k 1,          1;5, 2,                   2;5",
    "touch k 5,         -;f, NOT_FOUND,           -;f",
    "ms k 1/x,          -;f, HD,                  x;f",
  })
  void answersAndCopies(String request, String before, String reply, String after) {
    TwoServers.store(servers, before);
    try (TestProxy proxy = start(0)) {
      assertThat(TwoServers.withoutNumbers(Servers.reply(proxy.client(), request)))
          .isEqualTo(reply);
      TwoServers.awaitValues(servers, after);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "gets k", "mg k v", "mg aw== b v", "mg aw== b v c"})
  void copiesKeepFlagsAndHaveTheirOwnExpiry(String request) {
    servers.on(FAR, "set k 9 1000 1/f");
    try (TestProxy proxy = start(0)) {
      Servers.reply(proxy.client(), request);
      TwoServers.awaitValues(servers, "f;f");
      assertThat(servers.on(NEAR, "mg k f")).isEqualTo("HD f9");
      assertThat(ttl()).isBetween(50, 60);
    }
  }

  private static int ttl() {
    return Integer.parseInt(servers.on(NEAR, "mg k t").substring("HD t".length()));
  }

  @ParameterizedTest
  @CsvSource({
    "get k,         END",
    "gets k,        END",
    "gat 500 k,     END",
    "mg k v,        EN",
    "mg k v k f,    EN kk",
    "mg k,          EN",
    "mg k t,        EN",
    "mg k v c,      EN",
    "mg k v T500,   EN",
    "mg aw== b v,   EN",
    "mg aw== b v T500, EN",
  })
  void remembersWhatFarDoesNotHave(String request, String miss) {
    try (TestProxy proxy = start(1000)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, request)).isEqualTo(miss);
      Await.until("marked", () -> servers.on(NEAR, "get k").equals("VALUE k 65536 6/ncache/END"));
      assertThat(ttl()).isBetween(20, 30);
      servers.store(FAR, "k", "f");

      assertThat(Servers.reply(client, request)).isEqualTo(miss);

      Await.until("the marker expires as before", () -> ttl() <= 30);
      assertThat(servers.values("k")).containsExactly("ncache", "f");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "get k,     END, VALUE k 0 1/f/END",
    "gets k,    END, VALUE k 0 1 N/f/END",
    "gat 50 k,  END, VALUE k 0 1/f/END",
    "mg k v k,  EN kk,  VA 1 kk/f",
    "mg k v c,  EN,  VA 1 cN/f",
  })
  void asksFarAgainAfterSoManyReads(String request, String miss, String hit) {
    try (TestProxy proxy = start(3)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("END");
      Await.until("marked", () -> servers.values("k").get(NEAR).equals("ncache"));
      servers.store(FAR, "k", "f");

      assertThat(Servers.reply(client, request)).isEqualTo(miss);
      assertThat(Servers.reply(client, request)).isEqualTo(miss);
      assertThat(TwoServers.withoutNumbers(Servers.reply(client, request))).isEqualTo(hit);

      TwoServers.awaitValues(servers, "f;f");
      assertThat(ttl()).isBetween(40, 60);
    }
  }

  @Test
  void markerStaysWhenFarStillHasNothing() {
    try (TestProxy proxy = start(1)) {
      RawClient client = proxy.client();
      for (String request : List.of("get k", "get k", "gets k", "gat 500 k", "mg k v")) {
        assertThat(Servers.reply(client, request)).isIn("END", "EN");
        Await.until("marked", () -> servers.values("k").get(NEAR).equals("ncache"));
      }
      Await.until("the marker expires as before", () -> ttl() <= 30);
    }
  }

  @Test
  void flagsOrValueOfAMarkerAloneAreAnOrdinaryValue() {
    try (TestProxy proxy = start(5)) {
      RawClient client = proxy.client();
      servers.on(NEAR, "set k 0 0 6/ncache");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 6/ncache/END");
      assertThat(Servers.reply(client, "mg k v s")).isEqualTo("VA 6 s6/ncache");
      servers.on(NEAR, "set k 65536 0 2/ab");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 65536 2/ab/END");
      assertThat(Servers.reply(client, "mg k v O7 k")).isEqualTo("VA 2 O7 kk/ab");
      assertThat(Servers.reply(client, "mg k f v")).isEqualTo("VA 2 f65536/ab");
    }
  }

  @Test
  void answersWithWhatIsLeftWhenOneIsDead() {
    servers.store(NEAR, "k", "n");
    servers.store(FAR, "k", "f");
    servers.kill(NEAR);
    try (TestProxy proxy = start(0)) {
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("VALUE k 0 1/f/END");
      assertThat(Servers.reply(proxy.client(), "gets k")).startsWith("SERVER_ERROR");
    }
    servers.reset();
    servers.store(NEAR, "k", "n");
    servers.kill(FAR);
    try (TestProxy proxy = start(5)) {
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("VALUE k 0 1/n/END");
      for (String request : List.of("get x", "gets x", "mg x v", "mg x v c")) {
        assertThat(Servers.reply(proxy.client(), request)).as(request).startsWith("SERVER_ERROR");
      }
      assertThat(servers.on(NEAR, "get x")).isEqualTo("END");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "gets k", "mg k v"})
  void copiesLargeValues(String request) {
    String value = "v".repeat(1_000_000);
    servers.store(FAR, "k", value);
    try (TestProxy proxy = start(5)) {
      assertThat(Servers.reply(proxy.client(), request)).contains("/" + value);
      Await.until("copied", () -> servers.on(NEAR, "get k").contains("/" + value + "/"));
      assertThat(Servers.reply(proxy.client(), request)).contains("/" + value);
    }
  }

  private static TestProxy start(int missRefreshEvery) {
    return new RouteSetup(servers.ports())
        .start(
            new TwoLevelSettings(
                RouteSetup.pool(NEAR), RouteSetup.pool(FAR), 60, 30, missRefreshEvery));
  }
}
