package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NutcrackerProcessTest {
  @Test
  void relaysToItsServers() {
    try (MemcachedServer memcached = Memcached.start();
        NutcrackerProcess nutcracker = NutcrackerProcess.start(pools(memcached.port()));
        RawClient first = RawClient.connect(nutcracker.port());
        RawClient second = RawClient.connect(nutcracker.ports().get(1))) {
      first.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      second.send("get k\r\n").expect("VALUE k 0 1\r\nx\r\nEND\r\n");

      assertThat(nutcracker.ports()).hasSize(2).doesNotHaveDuplicates();
      assertThat(nutcracker.isRunning()).isTrue();
      assertThat(nutcracker.pid()).isPositive();
      assertThat(nutcracker.cpuTime()).isPresent();
      try (RawClient stats = RawClient.connect(nutcracker.statsPort())) {
        assertThat(stats.readThrough("}")).contains("\"service\":\"nutcracker\"");
      }
    }
  }

  @Test
  void saysWhyItDidNotStart() {
    assertThatThrownBy(() -> NutcrackerProcess.start("alpha:\n  listen: 127.0.0.1:0\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("nutcracker did not start: ");
  }

  @Test
  void choosesPortsWhereNoneIsGiven() {
    List<SocketAddress> addresses = new ArrayList<>();
    String yaml =
        """
        a:
          listen: 127.0.0.1:0
        b:
          listen: /tmp/s 0666
        c:
          listen: 0.0.0.0:123 # x
        """;

    String chosen = NutcrackerProcess.chooseAddresses(yaml, addresses);

    int port = ((InetSocketAddress) addresses.get(0)).getPort();
    assertThat(chosen).isEqualTo(yaml.replace("127.0.0.1:0", "127.0.0.1:" + port));
    assertThat(addresses.get(1)).isEqualTo(UnixDomainSocketAddress.of("/tmp/s"));
    assertThat(((InetSocketAddress) addresses.get(2)).getPort()).isEqualTo(123);
  }

  private static String pools(int port) {
    String pool = "  listen: 127.0.0.1:0\n  servers:\n    - 127.0.0.1:" + port + ":1\n";
    return "alpha:\n" + pool + "beta:\n" + pool;
  }
}
