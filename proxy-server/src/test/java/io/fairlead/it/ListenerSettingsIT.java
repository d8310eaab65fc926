package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.SocketSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.faults.Await;
import io.fairlead.it.ProxyUnderTest.Settings;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener asks of the kernel, and how many clients it lets in. */
@ExtendWith(LeakCheck.class)
class ListenerSettingsIT {
  private static final String VERSION = "VERSION 1.6.18\r\n";
  private static final String TOO_MANY = "ERROR Too many open connections\r\n";
  private static final int MOST = 3;

  /** The timer of a socket in /proc/net/tcp that only waits to probe its peer. */
  private static final String KEEPALIVE_TIMER = "02";

  /** Half a minute, in hundredths of a second. */
  private static final long FIRST_PROBE_TICKS = 3000;

  private static final String ESTABLISHED = "01";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void letsSoManyClientsInOverAllLoops(int loops) throws IOException {
    try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf().connections(MOST).loops(loops).start()) {
      Deque<RawClient> clients = new ArrayDeque<>();
      for (int i = 0; i < MOST; i++) {
        clients.add(served(proxy));
      }
      for (int refused = 1; refused <= 2 * loops; refused++) {
        try (RawClient client = proxy.connect()) {
          client.expect(TOO_MANY).expectClosed();
        }
        assertThat(proxy.count(Counter.CLIENTS_REJECTED)).isEqualTo(refused);
        assertThat(proxy.count(Counter.LIMIT_CONNECTIONS)).isEqualTo(refused);
      }
      clients.forEach(client -> client.send("version\r\n").expect(VERSION));
      clients.forEach(RawClient::close);
    }
  }

  /** A place that was lost or counted twice would show in one of the rounds. */
  @Test
  void placesComeBackWhenClientsLeave() throws IOException {
    try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf().connections(MOST).loops(2).start()) {
      for (int round = 0; round < 100; round++) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
          clients.add(served(proxy));
        }
        try (RawClient client = proxy.connect()) {
          client.expect(TOO_MANY).expectClosed();
        }
        clients.forEach(RawClient::close);
        Await.until("all have left", () -> proxy.count(Counter.CLIENTS) == 0);
      }
    }
  }

  /** Who is refused because of all clients together must not go on counting at the listener. */
  @Test
  void aClientThatIsRefusedTakesNoPlace() throws IOException {
    String file =
        """
        listeners:
          - { address: "127.0.0.1:0", pool: main, connections: 1 }
          - { address: "127.0.0.1:0", pool: main }
        pools: { main: { servers: [] } }
        limits: { connections: 1 }
        admin: false
        """;
    try (Proxy proxy = Proxy.start(ConfigLoader.parse(file, "fairlead.yaml"))) {
      SocketAddress limited = proxy.addresses().get(0);
      RawClient only = RawClient.connect(proxy.addresses().get(1));
      only.send("version\r\n").expect(VERSION);
      RawClient.connect(limited).expect(TOO_MANY).expectClosed().close();
      only.close();

      Await.until("the place of the one that has left is free", () -> isServed(limited));
    }
  }

  private static boolean isServed(SocketAddress address) {
    try (RawClient client = RawClient.connect(address).send("version\r\n")) {
      return client.readLine().equals(VERSION.trim());
    }
  }

  @Test
  void noLimitOfItsOwnIsTheDefault() throws IOException {
    try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf().start()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        clients.add(served(proxy));
      }
      clients.forEach(RawClient::close);
      assertThat(proxy.count(Counter.CLIENTS_REJECTED)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "NIO"})
  void twoProxiesShareAPort(Transport transport) throws IOException {
    try (ProxyUnderTest one = sharing("127.0.0.1", 0, transport).start();
        ProxyUnderTest two = sharing("127.0.0.1", one.port(), transport).start()) {
      // The kernel chooses by the ports of both ends, so that soon both have had one.
      for (int i = 0; i < 1000 && (accepted(one) == 0 || accepted(two) == 0); i++) {
        served(one).close();
      }

      assertThat(accepted(one)).isPositive();
      assertThat(accepted(two)).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "NIO"})
  void aPortIsNotSharedUnlessBothSaySo(Transport transport) throws IOException {
    try (ProxyUnderTest one = ProxyUnderTest.inFrontOf().transport(transport).start()) {
      Settings second = sharing("127.0.0.1", one.port(), transport);

      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "listen 127.0.0.1:"
                  + one.port()
                  + ": the address is already in use, by another user's process or one without"
                  + " reuse_port");
    }
  }

  @ParameterizedTest
  @CsvSource({"EPOLL,true", "EPOLL,false", "NIO,true", "NIO,false"})
  void probesIdleClientsIfToldTo(Transport transport, boolean keepAlive) throws IOException {
    SocketSettings socket = new SocketSettings(16, keepAlive, false, null);
    try (ProxyUnderTest proxy =
            ProxyUnderTest.inFrontOf().transport(transport).socket(socket).start();
        RawClient client = served(proxy)) {
      assertThat(client.isClosed()).isFalse();
      String[] timer = timerOf(proxy.port()).split(":", -1);
      assertThat(timer[0].equals(KEEPALIVE_TIMER)).isEqualTo(keepAlive);
      if (keepAlive) {
        assertThat(Long.parseLong(timer[1], 16)).isBetween(0L, FIRST_PROBE_TICKS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EPOLL, 0600, rw-------",
    "EPOLL, 0660, rw-rw----",
    "EPOLL, 0777, rwxrwxrwx",
    "NIO,   0600, rw-------",
    "NIO,   0666, rw-rw-rw-"
  })
  void aUnixSocketHasTheModeThatItIsGiven(Transport transport, String mode, String permissions)
      throws IOException {
    Path path = folder.resolve("s.sock");
    SocketSettings socket = new SocketSettings(16, true, false, Integer.valueOf(mode, 8));
    try (ProxyUnderTest proxy = on(path).transport(transport).socket(socket).start();
        RawClient client = served(proxy)) {
      assertThat(permissions(path)).isEqualTo(permissions);
      assertThat(proxy.address()).isEqualTo(UnixDomainSocketAddress.of(path));
      client.send("version\r\n").expect(VERSION);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "NIO"})
  void theModeOfAUnixSocketIsLeftToTheUmask(Transport transport) throws IOException {
    Path path = folder.resolve("s.sock");
    Path usual = folder.resolve("usual.sock");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ProxyUnderTest proxy = on(path).transport(transport).start()) {
      channel.bind(UnixDomainSocketAddress.of(usual));
      assertThat(permissions(path)).isEqualTo(permissions(usual));
      served(proxy).close();
    }
  }

  @Test
  void aModeReplacesNoSocketOnWhichSomebodyListens() throws IOException {
    Path path = folder.resolve("s.sock");
    SocketSettings socket = new SocketSettings(16, true, false, 0600);
    try (ProxyUnderTest first = on(path).socket(socket).start()) {
      assertThatThrownBy(() -> on(path).socket(socket).start())
          .isInstanceOf(IOException.class)
          .hasMessage("listen unix:" + path + ": the address is already in use");
      served(first).close();
    }
  }

  private static Settings sharing(String host, int port, Transport transport) {
    return ProxyUnderTest.inFrontOf()
        .listen(new Address.Tcp(host, port))
        .transport(transport)
        .socket(new SocketSettings(16, true, true, null));
  }

  private static Settings on(Path socket) {
    return ProxyUnderTest.inFrontOf().listen(new Address.Unix(socket.toString()));
  }

  private static long accepted(ProxyUnderTest proxy) {
    return proxy.count(Counter.CLIENTS_ACCEPTED);
  }

  /** A client that has been let in. */
  private static RawClient served(ProxyUnderTest proxy) {
    return proxy.connect().send("version\r\n").expect(VERSION);
  }

  /** The kind of timer that the proxy's side of its only connection with a client has. */
  private static String timerOf(int port) throws IOException {
    String local = String.format(Locale.ROOT, ":%04X", port);
    List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
    sockets.addAll(Files.readAllLines(Path.of("/proc/net/tcp6"))); // where Java's mostly are
    return sockets.stream()
        .map(line -> line.trim().split(" +", -1))
        .filter(cells -> cells[1].endsWith(local) && cells[3].equals(ESTABLISHED))
        .map(cells -> cells[5])
        .findFirst()
        .orElseThrow();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
