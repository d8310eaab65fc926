package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SocketSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Listeners and limits that change while clients go on. */
@ExtendWith(LeakCheck.class)
class ListenerChangesIT {
  @RegisterExtension static final Servers servers = new Servers(2);

  @TempDir private Path folder;
  private ListenerSettings first;
  private ListenerSettings second;

  @BeforeEach
  void reset() {
    first = at(FreePorts.next(), "p0");
    second = at(FreePorts.next(), "p1");
  }

  private static ListenerSettings at(int port, String pool) {
    return ListenerSettings.of(new Address.Tcp("127.0.0.1", port), pool);
  }

  private static ProxySettings settings(ListenerSettings... listeners) {
    return settings(LimitSettings.DEFAULT, listeners);
  }

  private static ProxySettings settings(LimitSettings limits, ListenerSettings... listeners) {
    return ProxySettings.of(List.of(listeners), List.of(pool(0), pool(1))).limits(limits).build();
  }

  private static PoolSettings pool(int index) {
    Address address = new Address.Tcp("127.0.0.1", servers.ports().get(index));
    return PoolSettings.of("p" + index, Mode.SHARDED, List.of(ServerSettings.at(address)));
  }

  private static int port(ListenerSettings listener) {
    return ((Address.Tcp) listener.address()).port();
  }

  private static long count(Proxy proxy, Counter counter) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  @Test
  void opensAListenerAndClosesAnother() throws IOException {
    try (Proxy proxy = Proxy.start(settings(first));
        RawClient early = RawClient.connect(port(first))) {
      early.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");

      assertThat(proxy.update(settings(first, second))).isEmpty();
      try (RawClient late = RawClient.connect(port(second))) {
        late.send("set k 0 0 1\r\ny\r\n").expect("STORED\r\n");
        assertThat(servers.values("k")).containsExactly("x", "y");

        proxy.update(settings(second));

        early.expectClosed();
        assertThatThrownBy(() -> RawClient.connect(port(first)).close())
            .hasStackTraceContaining("refused");
        late.send("get k\r\n").expect("VALUE k 0 1\r\ny\r\nEND\r\n");
        assertThat(proxy.addresses()).hasSize(1);
      }
      proxy.update(settings(second, first));
      try (RawClient again = RawClient.connect(port(first))) {
        again.send("get k\r\n").expect("VALUE k 0 1\r\nx\r\nEND\r\n");
      }
    }
  }

  @Test
  void clientsOfAClosedListenerGetTheAnswersTheyWaitFor() throws IOException {
    servers.store(0, "k", "x");
    try (Proxy proxy = Proxy.start(settings(first));
        RawClient client = RawClient.connect(port(first))) {
      client.send("get k\r\n").expect("VALUE k 0 1\r\nx\r\nEND\r\n");
      servers.freeze(0);
      long requests = count(proxy, Counter.SERVER_REQUESTS);
      client.send("get k\r\n");
      Await.until("it is sent", () -> count(proxy, Counter.SERVER_REQUESTS) > requests);

      proxy.update(settings(second));
      servers.thaw(0);

      client.expect("VALUE k 0 1\r\nx\r\nEND\r\n").expectClosed();
      Await.until("it is forgotten", () -> count(proxy, Counter.CLIENTS) == 0);
    }
  }

  @Test
  void theSocketOfAClosedListenerIsRemoved() throws IOException {
    Path path = folder.resolve("s.sock");
    ListenerSettings unix = ListenerSettings.of(new Address.Unix(path.toString()), "p0");
    try (Proxy proxy = Proxy.start(settings(first))) {
      proxy.update(settings(first, unix));
      try (RawClient client = RawClient.connect(UnixDomainSocketAddress.of(path))) {
        client.send("get k\r\n").expect("END\r\n");
      }

      proxy.update(settings(first));

      assertThat(Files.exists(path)).isFalse();
    }
  }

  @Test
  void anAddressThatIsTakenChangesNothing() throws IOException {
    try (Proxy proxy = Proxy.start(settings(first));
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RawClient client = RawClient.connect(port(first))) {
      ListenerSettings taken = at(other.getLocalPort(), "p1");

      assertThatThrownBy(
              () -> proxy.update(settings(first.change().target("p1").build(), second, taken)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("listen 127.0.0.1:" + other.getLocalPort())
          .hasMessageContaining("the address is already in use");

      client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      assertThat(servers.values("k")).containsExactly("x", "-");
      assertThat(proxy.settings().listeners()).containsExactly(first);
      assertThatThrownBy(() -> RawClient.connect(port(second)).close())
          .hasStackTraceContaining("refused");
    }
  }

  @Test
  void clientsThatAreConnectedFollowTheSettingsOfTheirListener() throws IOException {
    try (Proxy proxy = Proxy.start(settings(first));
        RawClient client = RawClient.connect(port(first))) {
      client.send("flush_all\r\n").readLine();
      client.send("nonsense\r\n").expect("ERROR\r\n");

      ListenerSettings changed =
          first
              .change()
              .target("p1")
              .allow(Set.of(GuardedCommand.FLUSH_ALL))
              .onParseError(ParseError.CLOSE)
              .build();
      proxy.update(settings(changed));

      client.send("flush_all\r\n").expect("OK\r\n");
      client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      assertThat(servers.values("k")).containsExactly("-", "x");
      client.send("nonsense\r\n").expectClosed();
    }
  }

  @Test
  void theNumberOfClientsIsThatOfTheSettings() throws IOException {
    try (Proxy proxy = Proxy.start(settings(first));
        RawClient one = RawClient.connect(port(first))) {
      one.send("get k\r\n").expect("END\r\n");
      ListenerSettings narrow = first.change().connections(1).build();

      proxy.update(settings(narrow));
      try (RawClient refused = RawClient.connect(port(first))) {
        refused.expect("ERROR Too many open connections\r\n").expectClosed();
      }
      proxy.update(settings(LimitSettings.with().valueBytes(64).connections(2).build(), first));
      try (RawClient two = RawClient.connect(port(first))) {
        two.send("get k\r\n").expect("END\r\n");
        try (RawClient refused = RawClient.connect(port(first))) {
          refused.expect("ERROR Too many open connections\r\n").expectClosed();
        }
      }
      one.send("set k 0 0 65\r\n" + "x".repeat(65) + "\r\n");
      one.expect("SERVER_ERROR object too large for cache\r\n");
    }
  }

  @Test
  void whatTakesARestartStaysAsItWasAndTheRestIsTaken() throws IOException {
    try (Proxy proxy = Proxy.start(settings(first));
        RawClient client = RawClient.connect(port(first))) {
      ProxySettings started = proxy.settings();
      ListenerSettings changed =
          first.change().target("p1").socket(new SocketSettings(7, false, false, null)).build();
      ProxySettings other =
          ProxySettings.of(
                  List.of(
                      changed
                          .change()
                          .introspectionFrom(ListenerSettings.DEFAULT_INTROSPECTION)
                          .build()),
                  started.pools())
              .admin(AdminSettings.at(new Address.Tcp("127.0.0.1", 5001)))
              .threads(new ThreadSettings(7, ThreadSettings.DEFAULT.transport(), true))
              .limits(LimitSettings.with().loopBytes(1 << 20).build())
              .version("1.2.3")
              .twemproxyStats(new Address.Tcp("127.0.0.1", 22222))
              .build();

      assertThat(proxy.update(other))
          .containsExactlyInAnyOrder(
              "admin",
              "threads",
              "limits.loop_buffer",
              "version",
              "twemproxy_stats",
              "listeners[0] (its socket)",
              "listeners[0].introspection");

      client.send("version\r\n").expect("VERSION 1.6.18\r\n");
      client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      assertThat(servers.values("k")).containsExactly("-", "x");
      assertThat(proxy.settings()).isEqualTo(settings(first.change().target("p1").build()));
    }
  }

  @Test
  void takesNothingAnyMoreOnceItEnds() throws Exception {
    try (Proxy proxy = Proxy.start(settings(first))) {
      proxy.drain();

      assertThat(proxy.update(settings(first, second))).isEmpty();

      assertThat(proxy.settings().listeners()).containsExactly(first);
    }
  }
}
