package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.it.ProxyUnderTest.Settings;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the proxy listens and connects: TCP and unix sockets, over epoll and NIO. */
@ExtendWith(LeakCheck.class)
class TransportsIT {
  private static final String LARGE = "v".repeat(300_000);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"EPOLL", "NIO"})
  void servesOverTcp(Transport transport) throws IOException {
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(server).transport(transport).start();
        RawClient client = proxy.connect()) {
      converse(client);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"EPOLL", "NIO"})
  void servesOverUnixSockets(Transport transport) throws IOException {
    Path socket = folder.resolve("proxy.sock");
    try (MemcachedServer server =
            MemcachedProcess.startOnUnixSocket(folder.resolve("memcached.sock"));
        ProxyUnderTest proxy = on(socket, server).transport(transport).start();
        RawClient client = RawClient.connect(socket)) {
      assertThat(proxy.address()).isEqualTo(UnixDomainSocketAddress.of(socket));
      converse(client);
    }

    assertThat(socket).doesNotExist();
  }

  /** As with {@code printf ... | nc}. Netty's unix sockets over NIO cannot be half closed. */
  @ParameterizedTest
  @CsvSource({"EPOLL,tcp", "EPOLL,unix", "NIO,tcp"})
  void answersWhatWasAskedBeforeTheClientStoppedSending(Transport transport, String kind)
      throws IOException {
    Path socket = folder.resolve("proxy.sock");
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy =
            (kind.equals("unix") ? on(socket, server) : ProxyUnderTest.inFrontOf(server))
                .transport(transport)
                .start();
        RawClient client = proxy.connect()) {
      client.send("set k 0 0 1\r\nx\r\n" + "get k\r\n".repeat(100)).halfClose();

      client.expect("STORED\r\n" + "VALUE k 0 1\r\nx\r\nEND\r\n".repeat(100)).expectClosed();
    }
  }

  /** More than the sockets on the way can hold. */
  @ParameterizedTest
  @CsvSource({"EPOLL,tcp", "EPOLL,unix", "NIO,tcp"})
  void answersMuchThatWasAskedBeforeTheClientStoppedSending(Transport transport, String kind)
      throws IOException {
    int gets = 30;
    String value = "0123456789".repeat(100_000);
    Path socket = folder.resolve("proxy.sock");
    try (MemcachedServer server = Memcached.start("-m", "128");
        ProxyUnderTest proxy =
            (kind.equals("unix") ? on(socket, server) : ProxyUnderTest.inFrontOf(server))
                .transport(transport)
                .start();
        RawClient other = proxy.connect();
        RawClient client = proxy.connect()) {
      other.send("set k 0 0 1000000\r\n" + value + "\r\n").expect("STORED\r\n");
      client.send("get k\r\n".repeat(gets)).halfClose();
      for (int i = 0; i < 100; i++) {
        other.send("get nothing\r\n").expect("END\r\n"); // until sockets are full
      }

      for (int i = 0; i < gets; i++) {
        client.expect("VALUE k 0 1000000\r\n" + value + "\r\nEND\r\n");
      }
      client.expectClosed();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"EPOLL", "NIO"})
  void replacesASocketFileOnWhichNobodyListens(Transport transport) throws IOException {
    Path socket = folder.resolve("stale.sock");
    listen(socket).close(); // leaves the file behind
    assertThat(socket).exists();

    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = on(socket, server).transport(transport).start();
        RawClient client = RawClient.connect(socket)) {
      assertThat(proxy.address()).isEqualTo(UnixDomainSocketAddress.of(socket));
      converse(client);
    }
  }

  @Test
  void leavesASocketAloneOnWhichSomebodyListens() throws IOException {
    Path socket = folder.resolve("live.sock");
    try (ServerSocketChannel other = listen(socket)) {
      assertThatThrownBy(() -> on(socket).start())
          .isInstanceOf(IOException.class)
          .hasMessage("listen unix:" + socket + ": the address is already in use");

      assertThat(other.isOpen()).isTrue();
      assertThat(socket).exists();
    }
  }

  @Test
  void leavesAFileAloneThatIsNoSocket() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");

    assertThatThrownBy(() -> on(file).start())
        .isInstanceOf(IOException.class)
        .hasMessage("listen unix:" + file + ": the path exists and is not a socket");

    assertThat(file).hasContent("content");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"EPOLL", "NIO"})
  void namesThePortThatIsInUse(Transport transport) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Address taken = new Address.Tcp("127.0.0.1", other.getLocalPort());
      Settings settings = ProxyUnderTest.inFrontOf().listen(taken).transport(transport);

      assertThatThrownBy(settings::start)
          .isInstanceOf(IOException.class)
          .hasMessage("listen " + taken + ": the address is already in use");
    }
  }

  private static Settings on(Path socket, MemcachedServer... servers) {
    return ProxyUnderTest.inFrontOf(List.of(servers)).listen(new Address.Unix(socket.toString()));
  }

  private static ServerSocketChannel listen(Path socket) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    return channel;
  }

  /** Small and large values, in both directions, pipelined. */
  private static void converse(RawClient client) {
    client.send("set small 1 0 1\r\nx\r\nget small nothing small\r\n");
    client.expect("STORED\r\nVALUE small 1 1\r\nx\r\nVALUE small 1 1\r\nx\r\nEND\r\n");
    client.send("set large 0 0 " + LARGE.length() + "\r\n" + LARGE + "\r\nget large\r\nmn\r\n");
    client.expect(
        "STORED\r\nVALUE large 0 " + LARGE.length() + "\r\n" + LARGE + "\r\nEND\r\nMN\r\n");
  }
}
