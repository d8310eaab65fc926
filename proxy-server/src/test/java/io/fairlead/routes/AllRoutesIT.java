package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that go to three servers at once. */
@ExtendWith(LeakCheck.class)
class AllRoutesIT {
  private static Servers servers;

  @BeforeAll
  static void startServers() {
    servers = new Servers(3);
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void reset() {
    servers.reset();
  }

  /** A dash stands for no value. */
  @ParameterizedTest
  @CsvSource({
    // mode, the command, what each server has before, the reply, what each has afterwards
    "SYNC,     set k 0 0 3/new, -;-;-, STORED,              new;new;new",
    "SYNC,     get k,           a;a;a, VALUE k 0 1/a/END,   a;a;a",
    "SYNC,     get k,           a;-;a, END,                 a;-;a",
    "SYNC,     delete k,        a;-;a, NOT_FOUND,           -;-;-",
    "SYNC,     incr k 1,        1;1;1, 2,                   2;2;2",
    "SYNC,     incr k 1,        1;-;1, NOT_FOUND,           2;-;2",
    "SYNC,     add k 0 0 1/n,   -;b;-, NOT_STORED,          n;b;n",
    "SYNC,     mg k v,          a;-;a, EN,                  a;-;a",
    "SYNC,     ms k 1/n,        a;-;a, HD,                  n;n;n",
    "FASTEST,  set k 0 0 3/new, -;-;-, STORED,              new;new;new",
    "FASTEST,  get k,           a;a;a, VALUE k 0 1/a/END,   a;a;a",
    "INITIAL,  get k,           a;-;-, VALUE k 0 1/a/END,   a;-;-",
    "INITIAL,  get k,           -;b;b, END,                 -;b;b",
    "INITIAL,  delete k,        -;b;b, NOT_FOUND,           -;-;-",
    "MAJORITY, get k,           a;-;a, VALUE k 0 1/a/END,   a;-;a",
    "MAJORITY, delete k,        a;-;-, NOT_FOUND,           -;-;-",
    "ASYNC,    get k,           a;a;a, END,                 a;a;a",
    "ASYNC,    mg k v,          a;a;a, EN,                  a;a;a",
  })
  void answersByTheMode(Mode mode, String request, String before, String reply, String after) {
    servers.prepare("k", List.of(before.split(";", -1)));
    try (TestProxy proxy = start(mode)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.values("k")).containsExactly(after.split(";", -1));
    }
  }

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

  private static TestProxy start(Mode mode) {
    return new RouteSetup(servers.ports()).start(new AllSettings(mode, RouteSetup.pools(3)));
  }
}
