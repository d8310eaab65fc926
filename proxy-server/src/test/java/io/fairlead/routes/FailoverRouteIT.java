package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.it.LoopAllocations;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that go to the next server when one fails. */
@ExtendWith(LeakCheck.class)
class FailoverRouteIT {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final double BYTES_OF_ONE_OBJECT = 96;

  @RegisterExtension static final Servers servers = new Servers(3);

  /** SaltedFailoverRoute: the pool, then the servers of it, of which the key's has been asked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DeterministicOrderPolicy\", \"max_tries\": 2, \"max_error_tries\": 2",
        "LeastFailuresPolicy\", \"max_tries\": 2",
        "none\""
      })
  void aSaltedFailoverAsksAnotherServerThanTheOneOfTheKey(String policy, @TempDir Path folder)
      throws Exception {
    String json =
        "{\"pools\": {\"A\": {\"servers\": [\"10.0.0.1:11211\", \"10.0.0.2:11211\"]}},"
            + " \"route\": {\"type\": \"SaltedFailoverRoute\", \"pool\": \"A\","
            + " \"failover_policy\": {\"type\": \""
            + policy
            + "}}}";
    servers.kill(0);
    try (TestProxy proxy =
        new TestProxy(
            Proxy.start(
                McrouterProxy.settings(
                    json, servers.ports().subList(0, 2), folder, "--disable-tko-tracking")),
            2)) {
      RawClient client = proxy.client();
      for (int i = 0; i < 40; i++) {
        assertThat(Servers.reply(client, "set k" + i + " 0 0 1/v")).isEqualTo("STORED");
      }
    }
  }

  /** A dash stands for no value, an x for a server that has been killed. */
  @ParameterizedTest
  @CsvSource({
    // the command, what each server has before, the reply, what each has afterwards
    "get k,              a;b;c, VALUE k 0 1/a/END,   a;b;c",
    "get k,              -;b;c, END,                 -;b;c",
    "get k,              x;b;c, VALUE k 0 1/b/END,   x;b;c",
    "get k,              x;-;c, END,                 x;-;c",
    "get k,              x;x;c, VALUE k 0 1/c/END,   x;x;c",
    "gat 100 k,          x;b;c, VALUE k 0 1/b/END,   x;b;c",
    "mg k v O7,          x;b;c, VA 1 O7/b,           x;b;c",
    "mg k v,             x;-;c, EN,                  x;-;c",
    "set k 0 0 1/n,      a;b;c, STORED,              n;b;c",
    "set k 0 0 1/n,      x;b;c, STORED,              x;n;c",
    "add k 0 0 1/n,      x;b;c, NOT_STORED,          x;b;c",
    "append k 0 0 1/n,   x;x;c, STORED,              x;x;cn",
    "cas k 0 0 1 999/n,  x;b;c, EXISTS,              x;b;c",
    "ms k 1 k/n,         x;b;c, HD kk,               x;n;c",
    "delete k,           a;b;c, DELETED,             -;b;c",
    "delete k,           x;b;c, DELETED,             x;-;c",
    "delete k,           x;-;c, NOT_FOUND,           x;-;c",
    "md k,               x;b;c, HD,                  x;-;c",
    "incr k 1,           x;1;5, 2,                   x;2;5",
    "ma k v,             x;1;5, VA 1/2,              x;2;5",
    "incr k 1,           x;b;5, CLIENT_ERROR cannot increment or decrement non-numeric value,"
        + " x;b;5",
    "touch k 100,        x;b;c, TOUCHED,             x;b;c",
  })
  void goesToTheNextServerWhenOneFails(String request, String before, String reply, String after) {
    servers.prepare("k", List.of(before.split(";", -1)));
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(failover())) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.values("k")).containsExactly(after.split(";", -1));
    }
  }

  @Test
  void theLastServersFailureIsTheAnswer() {
    servers.prepare("k", List.of("x", "x", "x"));
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(failover())) {
      RawClient client = proxy.client();
      for (String request : List.of("set k 0 0 1/n", "delete k", "mg k v", "incr k 1")) {
        assertThat(Servers.reply(client, request))
            .isEqualTo("SERVER_ERROR server cannot be reached");
      }
      assertThat(Servers.reply(client, "get k")).startsWith("SERVER_ERROR ");
    }
  }

  @Test
  void aPipelineKeepsItsOrder() {
    servers.prepare("k", List.of("x", "-", "-"));
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests.append("set k").append(i).append(" 0 0 2\r\n").append(10 + i).append("\r\n");
      requests.append("get k").append(i).append(" none k0\r\nincr k").append(i).append(" 1\r\n");
      requests.append("mg k").append(i).append(" v q\r\n");
      replies.append("STORED\r\n");
      replies.append("VALUE k").append(i).append(" 0 2\r\n").append(10 + i).append("\r\n");
      replies.append("VALUE k0 0 2\r\n").append(i == 0 ? 10 : 11).append("\r\nEND\r\n");
      replies.append(11 + i).append("\r\nVA 2\r\n").append(11 + i).append("\r\n");
    }
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(failover())) {
      proxy.client().send(requests.toString()).expect(replies.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"-;-;-", "x;-;-", "x;x;-"})
  void largeValuesPass(String before) {
    servers.prepare("k", List.of(before.split(";", -1)));
    String value = "0123456789abcdef".repeat(50_000);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(failover())) {
      RawClient client = proxy.client();
      client.send("set k 0 0 800000\r\n" + value + "\r\n").expect("STORED\r\n");
      client
          .send("get k\r\nmg k v\r\n")
          .expect("VALUE k 0 800000\r\n" + value + "\r\nEND\r\nVA 800000\r\n" + value + "\r\n");
      Await.until("its memory is free", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
    }
  }

  @Test
  void aSetThatTimedOutMayBeStoredInBothPlaces() {
    try (TestProxy proxy = new RouteSetup(servers.ports()).timeout(SHORT).start(failover())) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("END");
      servers.freeze(0);

      assertThat(Servers.reply(client, "set k 0 0 1/n")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/n/END");

      servers.thaw(0);
      Await.until("it is stored there too", () -> servers.values("k").get(0).equals("n"));
      assertThat(servers.values("k")).containsExactly("n", "n", "-");
    }
  }

  @Test
  void anEjectedServerIsPassedOverAndUsedAgainWhenItIsBack() {
    EjectSettings eject =
        EjectSettings.with(EjectSettings.WhileEjected.REHASH)
            .failures(1)
            .every(Duration.ofMillis(50))
            .unbounded()
            .build();
    servers.prepare("k", List.of("x", "b", "c"));
    try (TestProxy proxy = new RouteSetup(servers.ports()).eject(eject).start(failover())) {
      proxy.awaitEjected(0);
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("VALUE k 0 1/b/END");

      servers.reset();
      proxy.awaitUp(0);
      assertThat(Servers.reply(proxy.client(), "set k 0 0 1/n")).isEqualTo("STORED");
      assertThat(servers.values("k")).containsExactly("n", "-", "-");
    }
  }

  /** On a JVM with compressed pointers it has 80 bytes; there is no second one. */
  @ParameterizedTest
  @CsvSource({"get k, VALUE k 0 1/a/END/", "get none, END/", "set k 0 0 1/a, STORED/"})
  void whereTheFirstServerWorksARequestCostsOneObject(String request, String reply) {
    servers.prepare("k", List.of("a", "-", "-"));
    try (LoopAllocations allocations = new LoopAllocations();
        TestProxy proxy = new RouteSetup(servers.ports()).start(failover())) {
      String sent = request.replace("/", "\r\n") + "\r\n";
      String expected = reply.replace("/", "\r\n");
      double bytes =
          allocations.bytesPerRequest(proxy.client(), sent, expected, BYTES_OF_ONE_OBJECT);

      System.out.printf(Locale.ROOT, "%-36s %.0f bytes%n", "FAILOVER, " + request, bytes);
      assertThat(bytes).isBetween(1.0, BYTES_OF_ONE_OBJECT);
    }
  }

  private static FailoverSettings failover() {
    return new FailoverSettings(
        RouteSetup.pools(3), FailoverErrors.DEFAULT, FailoverOrder.IN_ORDER, null);
  }
}
