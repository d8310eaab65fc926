package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What options of mcrouter's command line do to clients of a real server. */
@ExtendWith(LeakCheck.class)
class McrouterFlagsIT {
  private static final String CONFIG =
      "{\"pools\": {\"A\": {\"servers\": [\"10.0.0.1:11211\"]}}, \"route\": \"PoolRoute|A\"}";
  private static final String SHADOWED =
      """
      {"pools": {"A": {"servers": ["10.0.0.1:11211"]}, "B": {"servers": ["10.0.0.2:11211"]}},
       "route": {"type": "PoolRoute", "pool": "A", "shadows": [{"target": "PoolRoute|B"}]}}
      """;

  @TempDir private Path folder;
  private MemcachedServer memcached;

  @BeforeEach
  void start() {
    memcached = Memcached.start();
  }

  @AfterEach
  void stop() {
    memcached.close();
  }

  private TestProxy proxy(String... options) throws Exception {
    return proxy(CONFIG, List.of(memcached.port()), options);
  }

  private TestProxy proxy(String config, List<Integer> ports, String... options) throws Exception {
    return new TestProxy(
        Proxy.start(McrouterProxy.settings(config, ports, folder, options)), ports.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get there          | VALUE there 0 1/1/END
          gets none          | END
          get none there     | VALUE there 0 1/1/END
          gat 0 there        | VALUE there 0 1/1/END
          mg there v         | VA 1/1
          set there 0 0 1/2  | NOT_STORED
          add none 0 0 1/2   | NOT_STORED
          cas none 0 0 1 1/2 | NOT_STORED
          delete there       | NOT_FOUND
          incr there 1       | NOT_FOUND
          decr there 1       | NOT_FOUND
          touch there 1      | NOT_FOUND
          set there 0 0 1 noreply/2 | ''
          """)
  void onlyGetsAreServedWhenThatIsAsked(String request, String answer) throws Exception {
    try (RawClient direct = RawClient.connect(memcached.port());
        TestProxy proxy = proxy("--allow-only-gets")) {
      direct.send("set there 0 0 1\r\n1\r\n").expect("STORED\r\n");

      String expected = answer.isEmpty() ? "" : answer.replace("/", "\r\n") + "\r\n";
      proxy.client().send(request.replace("/", "\r\n") + "\r\nmn\r\n").expect(expected + "MN\r\n");
      direct.send("get there\r\n").expect("VALUE there 0 1\r\n1\r\nEND\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                             | incr n 1    | NOT_FOUND
          ''                             | decr n 1    | NOT_FOUND
          ''                             | get n       | END
          --disable-miss-on-arith-errors | incr n 1    | SERVER_ERROR server cannot be reached
          --disable-miss-on-arith-errors | get n       | END
          --group-remote-errors          | incr n 1    | NOT_FOUND
          --group-remote-errors          | get n       | END
          --group-remote-errors          | touch n 1   | SERVER_ERROR remote error
          --group-remote-errors          | append n 0 0 1/1 | SERVER_ERROR remote error
          """)
  void failuresAreAnsweredAsTheOptionsSay(String option, String request, String answer)
      throws Exception {
    String[] options =
        option.isEmpty()
            ? new String[] {"--asynclog-disable"}
            : new String[] {"--asynclog-disable", option};
    try (TestProxy proxy = proxy(options)) {
      memcached.close();

      proxy
          .client()
          .send(request.replace("/", "\r\n") + "\r\n")
          .expect(answer.replace("/", "\r\n") + "\r\n");
    }
  }

  @Test
  void aMistakeOfTheClientIsNoFailure() throws Exception {
    try (TestProxy proxy = proxy()) {
      RawClient client = proxy.client();
      client.send("set n 0 0 1\r\nx\r\n").expect("STORED\r\n");

      assertThat(client.send("incr n 1\r\n").readLine()).startsWith("CLIENT_ERROR ");
      client.send("incr none 1\r\n").expect("NOT_FOUND\r\n");
    }
  }

  @Test
  void connectionsWithoutRequestsAreClosed() throws Exception {
    try (TestProxy proxy = proxy("--reset-inactive-connection-interval=50")) {
      RawClient client = proxy.client();
      client.send("set k 0 0 1\r\nv\r\n").expect("STORED\r\n");
      proxy.awaitCount(Counter.CONNECTIONS_IDLE, 1);

      client.send("get k\r\n").expect("VALUE k 0 1\r\nv\r\nEND\r\n");

      assertThat(proxy.status(0).failuresInARow()).isZero();
    }
  }

  @Test
  void whatIsAboveTheLimitsOfAThreadIsRefused() throws Exception {
    try (ScriptedBackend slow = ScriptedBackend.running(peer -> peer.nextRequest());
        TestProxy proxy =
            proxy(
                CONFIG,
                List.of(slow.port()),
                "--proxy-max-inflight-requests=1",
                "--proxy-max-throttled-requests=1",
                "--waiting-request-timeout-ms=300")) {
      proxy.client().send("set a 0 0 1\r\nv\r\n");
      slow.awaitLines(1);
      RawClient second = proxy.client().send("set b 0 0 1\r\nv\r\n");
      Await.until("it waits", () -> proxy.count(Counter.CLIENTS_WAITING) == 1);

      proxy.client().send("set c 0 0 1\r\nv\r\nmn\r\n").expect("SERVER_ERROR 307 busy\r\nMN\r\n");

      second.expect("SERVER_ERROR 307 busy\r\n"); // when its time is over
      assertThat(slow.lines()).noneMatch(line -> line.startsWith("set b"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--target-max-shadow-requests=3, 3",
    "--proxy-max-inflight-shadow-requests=2, 2",
    "--target-max-shadow-requests=0, 10"
  })
  void noMoreCopiesAreUnderWayThanMayBe(String option, int copies) throws Exception {
    try (ScriptedBackend shadow =
            ScriptedBackend.running(
                peer -> {
                  while (true) {
                    peer.nextRequest();
                  }
                });
        TestProxy proxy = proxy(SHADOWED, List.of(memcached.port(), shadow.port()), option)) {
      RawClient client = proxy.client();
      for (int i = 0; i < 10; i++) {
        client.send("delete k" + i + "\r\n").expect("NOT_FOUND\r\n");
      }

      assertThat(proxy.count(Counter.SHADOW_REQUESTS)).isEqualTo(copies);
      assertThat(proxy.count(Counter.SHADOWS_DROPPED)).isEqualTo(10 - copies);
    }
  }
}
