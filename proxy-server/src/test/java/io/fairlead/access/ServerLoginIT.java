package io.fairlead.access;

import static io.fairlead.access.GuardedProxy.replace;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real memcached that wants a password from the proxy. */
@ExtendWith(LeakCheck.class)
class ServerLoginIT {
  private static final String REFUSED =
      "SERVER_ERROR server did not accept the password of the proxy\r\n";
  private static final String NO_EJECT = "eject: false";
  private static final String EJECT =
      "eject: {failures: 1, connect_failures: 1, time: 100ms, longest_time: 100ms, ramp: false,"
          + " at_most: 100, panic: false, probe: {first: 100ms, longest: 100ms}}";

  @TempDir private Path folder;
  private Path theirs;
  private Path ours;
  private MemcachedServer server;

  @SuppressWarnings("NullAway.Init")
  ServerLoginIT() {}

  @BeforeEach
  void start() throws IOException {
    theirs = Files.writeString(folder.resolve("theirs"), "proxy:secret\n");
    ours = Files.writeString(folder.resolve("ours"), "proxy:secret\n");
    server = Memcached.start("-Y", theirs.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestProxy proxy(String pool) throws IOException {
    return GuardedProxy.start(
        """
        listeners: ["127.0.0.1:0"]
        pools: {p: {servers: ["127.0.0.1:%d"], timeout: 2s, connect_timeout: 2s, %s}}
        limits: {value: 4MiB}
        admin: false
        """
            .formatted(server.port(), pool));
  }

  private String auth() {
    return "auth: " + ours;
  }

  @Test
  void servesEveryKindOfConnection() throws IOException {
    try (TestProxy proxy = proxy(auth() + ", connections: 2, preconnect: false, " + NO_EJECT)) {
      RawClient client = proxy.client();
      client.send("set a 0 0 1\r\nx\r\nget a\r\n").expect("STORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n");
      String large = "v".repeat(300_000);
      client.send("set b 0 0 300000\r\n" + large + "\r\nget b\r\n");
      client.expect("STORED\r\nVALUE b 0 300000\r\n" + large + "\r\nEND\r\n");
      proxy.client().send("mg a v\r\n").expect("VA 1\r\nx\r\n");
    }
  }

  @Test
  void isLoggedInToAgainAfterItWasRestarted() throws IOException {
    try (TestProxy proxy = proxy(auth() + ", " + NO_EJECT)) {
      RawClient client = proxy.client();
      client.send("set a 0 0 1\r\nx\r\n").expect("STORED\r\n");

      server.restart();

      Await.until("served again", () -> client.send("get a\r\n").readLine().equals("END"));
    }
  }

  @Test
  void thatRefusesThePasswordFailsRequestsAndIsEjectedAndComesBackWithTheRightOne()
      throws IOException {
    replace(ours, "proxy:wrong\n");
    try (TestProxy proxy = proxy(auth() + ", " + EJECT)) {
      proxy.awaitEjected(0);
      assertThat(proxy.client().send("get a\r\n").readLine())
          .isEqualTo("SERVER_ERROR server is ejected");
      assertThat(proxy.count(Counter.SERVER_LOGINS_REFUSED)).isPositive();

      replace(ours, "proxy:secret\n");

      proxy.awaitUp(0);
      Await.until("served", () -> proxy.client().send("get a\r\n").readLine().equals("END"));
    }
  }

  @Test
  void thatRefusesThePasswordIsSaidToDoSo() throws IOException {
    replace(ours, "proxy:wrong\n");
    try (TestProxy proxy = proxy(auth() + ", " + NO_EJECT)) {
      proxy.awaitCount(Counter.SERVER_LOGINS_REFUSED, 1);
      proxy.client().send("get a\r\nset a 0 0 1\r\nx\r\n").expect(REFUSED + REFUSED);
      String large = "v".repeat(300_000);
      proxy.client().send("set b 0 0 300000\r\n" + large + "\r\n").expect(REFUSED);
    }
  }

  @Test
  void isGivenTheNewPasswordByNewConnections() throws IOException {
    try (TestProxy proxy = proxy(auth() + ", " + NO_EJECT)) {
      RawClient client = proxy.client();
      client.send("get a\r\n").expect("END\r\n");

      Files.writeString(theirs, "proxy:next\n");
      replace(ours, "proxy:next\n");
      server.restart();

      Await.until("served again", () -> client.send("get a\r\n").readLine().equals("END"));
    }
  }

  /** What the server says of it must not look as if it were the client that is unknown. */
  @Test
  void thatIsToldNoPasswordIsNotSpokenForByTheProxy() throws IOException {
    try (TestProxy proxy = proxy(NO_EJECT)) {
      for (String request :
          new String[] {
            "get a", "mg a v", "delete a", "set a 0 0 1\r\nx", "set a 0 0 5\r\nx y z", "incr a 1"
          }) {
        assertThat(proxy.client().send(request + "\r\n").readLine())
            .as(request)
            .startsWith("SERVER_ERROR server ");
      }
      String large = "v".repeat(300_000);
      assertThat(proxy.client().send("set b 0 0 300000\r\n" + large + "\r\n").readLine())
          .startsWith("SERVER_ERROR server ");
      assertThat(proxy.count(Counter.SERVER_LOGINS_REFUSED)).isPositive();
    }
  }
}
