package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cold cache, server 0, that is warmed from server 1. */
@ExtendWith(LeakCheck.class)
class WarmUpIT {
  private static final int COLD = 0;
  private static final int WARM = 1;
  private static final WarmUpSettings COPIES_TTL =
      new WarmUpSettings(RouteSetup.pool(COLD), RouteSetup.pool(WARM), null, true);

  @RegisterExtension static final Servers servers = new Servers(2);

  /** A dash stands for no value, N for a number that is not foreseen. */
  @ParameterizedTest
  @CsvSource({
    // the command, what cold and warm have before, the reply, what they have afterwards
    "get k,                -;w, VALUE k 0 1/w/END,    w;w",
    "get k,                c;w, VALUE k 0 1/c/END,    c;w",
    "get k,                c;-, VALUE k 0 1/c/END,    c;-",
    "get k,                -;-, END,                  -;-",
    "get x k y,            -;w, VALUE k 0 1/w/END,    w;w",
    "gets k,               -;w, VALUE k 0 1 N/w/END,  w;w",
    "gets k,               -;-, END,                  -;-",
    "gets k,               c;w, VALUE k 0 1 N/c/END,  c;w",
    "gat 100 k,            -;w, VALUE k 0 1/w/END,    w;w",
    "gats 100 k,           -;w, VALUE k 0 1 N/w/END,  w;w",
    "gat 100 k,            -;-, END,                  -;-",
    "mg k v,               -;w, VA 1/w,               w;w",
    "mg k v,               c;w, VA 1/c,               c;w",
    "mg k v,               -;-, EN,                   -;-",
    "mg k v q O1,          -;-, '',                   -;-",
    "mg k f v O1 k s,      -;w, VA 1 f0 O1 kk s1/w,   w;w",
    "mg k,                 -;w, HD,                   -;w",
    "mg k v c,             -;w, VA 1 cN/w,            w;w",
    "mg k T100 v t,        -;w, VA 1 t100/w,          w;w",
    "mg aw== b v,          -;w, VA 1/w,               w;w",
    "mg aw== b v T10,      -;w, VA 1/w,               w;w",
    "set k 0 0 1/n,        -;w, STORED,               n;w",
    "add k 0 0 1/n,        -;w, STORED,               n;w",
    "replace k 0 0 1/n,    -;w, NOT_STORED,           -;w",
    "append k 0 0 1/n,     c;w, STORED,               cn;w",
    "delete k,             c;w, DELETED,              -;w",
    "delete k,             -;w, NOT_FOUND,            -;w",
    "incr k 1,             1;5, 2,                    2;5",
    "incr k 1,             -;5, NOT_FOUND,            -;5",
    "touch k 10,           -;w, NOT_FOUND,            -;w",
    "ms k 1/n,             -;w, HD,                   n;w",
    "md k,                 c;w, HD,                   -;w",
    "ma k,                 1;5, HD,                   2;5",
  })
  void answersAndCopies(String request, String before, String reply, String after) {
    TwoServers.store(servers, before);
    try (TestProxy proxy = start(COPIES_TTL)) {
      assertThat(TwoServers.withoutNumbers(Servers.reply(proxy.client(), request)))
          .isEqualTo(reply);
      TwoServers.awaitValues(servers, after);
    }
  }

  @Test
  void asksWarmForMetadataThatColdDoesNotHave() {
    servers.store(WARM, "k", "w");
    try (TestProxy proxy = start(COPIES_TTL)) {
      assertThat(Servers.reply(proxy.client(), "me k")).startsWith("ME k exp=-1");
      assertThat(servers.values("k")).containsExactly("-", "w");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // expiry of the original, the command, the least and the most that the copy has to live
    "0,       get k,    -1,      -1",
    "100,     get k,    90,      100",
    "100,     gets k,   90,      100",
    "100,     mg k v,   90,      100",
    "3000000, get k,    2999990, 3000002",
    "3000000, gets k,   2999990, 3000002",
    "3000000, mg k v,   2999990, 3000002",
    "100,     gat 50 k, 40,      50",
    "0,       mg aw== b v,   -1, -1",
    "3000000, mg aw== b v,   2999990, 3000002",
  })
  void copyHasFlagsAndExpiryOfTheOriginal(long expiry, String request, long least, long most) {
    long exptime = expiry > 2_592_000 ? System.currentTimeMillis() / 1000 + expiry : expiry;
    assertThat(servers.on(WARM, "set k 77 " + exptime + " 1/w")).isEqualTo("STORED");
    try (TestProxy proxy = start(COPIES_TTL)) {
      Servers.reply(proxy.client(), request);
      TwoServers.awaitValues(servers, "w;w");
      assertThat(servers.on(COLD, "mg k f")).isEqualTo("HD f77");
      assertThat(ttlOnCold()).isBetween(least, most);
    }
  }

  private static long ttlOnCold() {
    return Long.parseLong(servers.on(COLD, "mg k t").substring("HD t".length()));
  }

  @ParameterizedTest
  @CsvSource({
    // the expiry of all copies, whether that of the original is kept, what the copy has to live
    "50, true,  40, 50",
    "50, false, 40, 50",
    "0,  true,  -1, -1",
    ",   false, -1, -1",
  })
  void expiryOfCopiesMayBeSet(Integer expiry, boolean copiesTtl, long least, long most) {
    servers.on(WARM, "set k 5 1000 1/w");
    WarmUpSettings settings =
        new WarmUpSettings(RouteSetup.pool(COLD), RouteSetup.pool(WARM), expiry, copiesTtl);
    for (String request : List.of("get k", "gets k", "mg k v")) {
      servers.on(COLD, "delete k");
      try (TestProxy proxy = start(settings)) {
        Servers.reply(proxy.client(), request);
        TwoServers.awaitValues(servers, "w;w");
        assertThat(ttlOnCold()).isBetween(least, most);
        assertThat(servers.on(COLD, "mg k f")).isEqualTo("HD f5");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "gets k"})
  void copiesWithoutExpiryFromServerThatKnowsNoMetaCommands(String request) {
    try (ScriptedBackend old =
            ScriptedBackend.answering(
                line -> line.startsWith("get ") ? "VALUE k 7 1\r\no\r\nEND\r\n" : "ERROR\r\n");
        TestProxy proxy =
            new RouteSetup(List.of(servers.ports().get(COLD), old.port())).start(COPIES_TTL)) {
      assertThat(TwoServers.withoutNumbers(Servers.reply(proxy.client(), request)))
          .isEqualTo(request.equals("get k") ? "VALUE k 7 1/o/END" : "VALUE k 7 1 N/o/END");
      Await.until("copied", () -> servers.on(COLD, "get k").equals("VALUE k 7 1/o/END"));
      assertThat(ttlOnCold()).isEqualTo(-1);
    }
  }

  @Test
  void answersFromWarmWhenColdIsDead() {
    servers.store(WARM, "k", "w");
    servers.kill(COLD);
    try (TestProxy proxy = start(COPIES_TTL)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/w/END");
      assertThat(Servers.reply(client, "mg k v")).isEqualTo("VA 1/w");
      assertThat(Servers.reply(client, "get none")).isEqualTo("END");
      assertThat(Servers.reply(client, "gets k")).startsWith("SERVER_ERROR");
      assertThat(proxy.count(Counter.COPIES)).isZero();
    }
  }

  @Test
  void missesOfColdStandWhenWarmIsDead() {
    servers.store(COLD, "k", "c");
    servers.kill(WARM);
    try (TestProxy proxy = start(COPIES_TTL)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/c/END");
      assertThat(Servers.reply(client, "get none")).isEqualTo("END");
      assertThat(Servers.reply(client, "mg none v")).isEqualTo("EN");
      assertThat(Servers.reply(client, "gets none")).isEqualTo("END");
      assertThat(Servers.reply(client, "mg none v c")).isEqualTo("EN");
    }
  }

  @Test
  void missesOfColdStandWhenWarmIsFrozen() {
    servers.freeze(WARM);
    try (TestProxy proxy =
        new RouteSetup(servers.ports()).timeout(Duration.ofMillis(100)).start(COPIES_TTL)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get none")).isEqualTo("END");
      assertThat(Servers.reply(client, "gat 5 none")).isEqualTo("END");
    }
  }

  @Test
  void tellsTheFailureOfColdWhenBothAreDead() {
    servers.kill(COLD);
    servers.kill(WARM);
    try (TestProxy proxy = start(COPIES_TTL)) {
      for (String request : List.of("get k", "gets k", "mg k v", "me k", "gat 1 k")) {
        assertThat(Servers.reply(proxy.client(), request))
            .as(request)
            .isEqualTo("SERVER_ERROR server cannot be reached");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "gets k", "mg k v", "gat 0 k"})
  void copiesLargeValues(String request) {
    String value = "v".repeat(1_000_000);
    servers.store(WARM, "k", value);
    try (TestProxy proxy = start(COPIES_TTL)) {
      assertThat(Servers.reply(proxy.client(), request)).contains("/" + value);
      Await.until("copied", () -> servers.on(COLD, "get k").contains("/" + value + "/"));
      assertThat(proxy.count(Counter.COPIES)).isEqualTo(1);
    }
  }

  @Test
  void answersWithoutCopyWhenThereIsNoRoomForIt() {
    String value = "v".repeat(900_000);
    servers.store(WARM, "k", value);
    try (TestProxy proxy = new RouteSetup(servers.ports()).loopBytes(3 << 20).start(COPIES_TTL)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 900000/" + value + "/END");
      assertThat(Servers.reply(client, "mg k v")).isEqualTo("VA 900000/" + value);
      proxy.awaitCount(Counter.COPIES_SKIPPED, 2);
      assertThat(Servers.reply(client, "gets k")).isEqualTo("END");
      assertThat(proxy.count(Counter.COPIES_SKIPPED)).isEqualTo(3);
      assertThat(servers.values("k").get(COLD)).isEqualTo("-");
    }
  }

  @Test
  void givesBackTheRoomThatCopiesTook() {
    String value = "v".repeat(200_000);
    try (TestProxy proxy = new RouteSetup(servers.ports()).loopBytes(3 << 20).start(COPIES_TTL)) {
      for (int i = 1; i <= 20; i++) {
        servers.store(WARM, "k" + i, value);
        String request = List.of("get k", "gets k", "mg k v").get(i % 3).replace("k", "k" + i);
        assertThat(Servers.reply(proxy.client(), request)).contains("/" + value);
        proxy.awaitCount(Counter.COPIES, i);
      }
      assertThat(proxy.count(Counter.COPIES_SKIPPED)).isZero();
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() {
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      String key = "key" + i;
      String value = Integer.toString(i);
      servers.store(i % 2, key, value);
      requests.append(i % 3 == 0 ? "mg " + key + " v\r\n" : "get " + key + "\r\n");
      replies.append(
          i % 3 == 0
              ? "VA %d\r\n%s\r\n".formatted(value.length(), value)
              : "VALUE %s 0 %d\r\n%s\r\nEND\r\n".formatted(key, value.length(), value));
    }
    try (TestProxy proxy = start(COPIES_TTL)) {
      proxy.client().send(requests.toString()).expect(replies.toString());
      proxy.awaitCount(Counter.COPIES, 25);
    }
  }

  /** What another client has written while the copy was under way is left as it is. */
  @ParameterizedTest
  @CsvSource({"set k 0 0 1/n, n", "delete k, o"})
  void addsNothingOverWhatWasWrittenMeanwhile(String meanwhile, String after) {
    CountDownLatch written = new CountDownLatch(1);
    Script script =
        peer -> {
          peer.expect("mg k v f t\r\n");
          peer.await(written);
          peer.send("VA 1 f0 t-1\r\no\r\n");
        };
    try (ScriptedBackend slow = ScriptedBackend.running(script);
        TestProxy proxy =
            new RouteSetup(List.of(servers.ports().get(COLD), slow.port()))
                .timeout(Duration.ofSeconds(10))
                .start(COPIES_TTL)) {
      RawClient reader = proxy.client().send("get k\r\n");
      slow.awaitLines(1);
      Servers.reply(proxy.client(), meanwhile);
      written.countDown();
      reader.expect("VALUE k 0 1\r\no\r\nEND\r\n");
      proxy.awaitCount(Counter.COPIES, 1);
      Await.until("cold has " + after, () -> servers.values("k").get(COLD).equals(after));
      slow.verify();
    }
  }

  @Test
  void copiesNothingThatIsMarkedAsStale() {
    servers.store(WARM, "k", "w");
    servers.on(WARM, "md k I T30");
    try (TestProxy proxy = start(COPIES_TTL)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "mg k v")).isEqualTo("VA 1 X W/w");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/w/END");
      assertThat(Servers.reply(client, "gets k")).isEqualTo("END");
      assertThat(servers.values("k").get(COLD)).isEqualTo("-");
    }
  }

  private static TestProxy start(WarmUpSettings settings) {
    return new RouteSetup(servers.ports()).start(settings);
  }
}
