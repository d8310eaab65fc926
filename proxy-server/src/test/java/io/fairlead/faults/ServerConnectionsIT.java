package io.fairlead.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How connections to servers are kept, and closed when nobody needs them. */
@ExtendWith(LeakCheck.class)
class ServerConnectionsIT {
  private static ConnectionSettings idleAfter(Duration time) {
    return new ConnectionSettings(KeepaliveSettings.DEFAULT, time, 0);
  }

  private static ConnectionSettings keptAlive(KeepaliveSettings keepalive) {
    return new ConnectionSettings(keepalive, Duration.ZERO, 0);
  }

  @Test
  void aConnectionWithoutRequestsIsClosedAndOpensByItself() {
    try (MemcachedServer memcached = Memcached.start();
        TestProxy proxy =
            ProxySetup.sharded(memcached.port())
                .connection(idleAfter(Duration.ofMillis(50)))
                .start()) {
      RawClient client = proxy.client();
      for (int i = 1; i <= 3; i++) {
        client.send("set k 0 0 1\r\n" + i + "\r\n").expect("STORED\r\n");
        proxy.awaitCount(Counter.CONNECTIONS_IDLE, i);
        client.send("get k\r\n").expect("VALUE k 0 1\r\n" + i + "\r\nEND\r\n");
      }

      assertThat(proxy.status(0).failuresInARow()).isZero();
      assertThat(proxy.count(Counter.CONNECTIONS_LOST)).isZero();
      assertThat(proxy.count(Counter.CONNECT_FAILURES)).isZero();
    }
  }

  @Test
  void theKernelProbesServersAfterTheTimeThatIsGiven() {
    KeepaliveSettings keepalive =
        new KeepaliveSettings(true, Duration.ofSeconds(90), Duration.ofSeconds(5), 3);
    try (MemcachedServer memcached = Memcached.start();
        TestProxy proxy =
            ProxySetup.sharded(memcached.port()).connection(keptAlive(keepalive)).start()) {
      proxy.client().send("get k\r\n").expect("END\r\n");

      assertThat(KernelTimers.untilProbe(memcached.port()))
          .hasSize(1)
          .allSatisfy(seconds -> assertThat(seconds).isBetween(0L, 90L));
    }
  }

  @Test
  void theKernelProbesServersEverySecondUnlessToldOtherwise() {
    try (MemcachedServer memcached = Memcached.start();
        TestProxy proxy = ProxySetup.sharded(memcached.port()).start()) {
      proxy.client().send("get k\r\n").expect("END\r\n");

      assertThat(KernelTimers.untilProbe(memcached.port()))
          .hasSize(1)
          .allSatisfy(seconds -> assertThat(seconds).isBetween(0L, 1L));
    }
  }

  @Test
  void theKernelDoesNotProbeServersWhenThatIsOff() {
    try (MemcachedServer memcached = Memcached.start();
        TestProxy proxy =
            ProxySetup.sharded(memcached.port())
                .connection(keptAlive(KeepaliveSettings.OFF))
                .start()) {
      proxy.client().send("get k\r\n").expect("END\r\n");

      assertThat(KernelTimers.untilProbe(memcached.port())).isEmpty();
    }
  }

  /** Where nobody accepts, Linux lets a few connections in and ignores those that come after. */
  @Test
  void anAttemptToConnectThatTakesTooLongIsMadeAgain() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestProxy proxy = deafServer(server, 1000).start()) {
      List<Socket> filling = fill(server);
      RawClient client = proxy.client().withDeadline(Duration.ofSeconds(30)).send("get k\r\n");
      client.expectSilence(Duration.ofMillis(500)); // several times the connect time-out

      for (Socket ignored : filling) {
        server.accept().close();
      }
      try (Socket accepted = server.accept()) {
        accepted.getOutputStream().write("END\r\n".getBytes(US_ASCII));
        client.expect("END\r\n");
      }
      assertThat(proxy.count(Counter.CONNECT_FAILURES)).isZero();
      for (Socket socket : filling) {
        socket.close();
      }
    }
  }

  @Test
  void anAttemptThatTakesTooLongIsAFailureWhenTheRetriesAreUsedUp() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestProxy proxy = deafServer(server, 2).start()) {
      List<Socket> filling = fill(server);

      proxy.client().send("get k\r\n").expect("SERVER_ERROR server cannot be reached\r\n");

      for (Socket socket : filling) {
        socket.close();
      }
    }
  }

  private static ProxySetup deafServer(ServerSocket server, int retries) {
    return ProxySetup.sharded(server.getLocalPort())
        .preconnect(false)
        .timeout(Duration.ofSeconds(20))
        .connectTimeout(Duration.ofMillis(100))
        .connection(new ConnectionSettings(KeepaliveSettings.DEFAULT, Duration.ZERO, retries));
  }

  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
        sockets.add(socket);
      } catch (SocketTimeoutException e) {
        socket.close();
        return sockets;
      }
    }
  }
}
