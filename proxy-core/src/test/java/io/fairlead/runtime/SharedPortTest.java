package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SharedPortTest {
  /** As on Windows, where Netty would leave the option out with a warning. */
  @Test
  void aSystemThatCannotShareSaysSo() {
    assertThatThrownBy(() -> SharedPort.withNio(Set.of(StandardSocketOptions.SO_REUSEADDR)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "reuse_port: true (expected: false, as this system lets one process alone listen on a"
                + " port)");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsHowManyListenWhereItDoes() throws IOException {
    Epoll.ensureAvailability(); // loads what the sockets are made with
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int count = 1; count <= 3; count++) {
        sockets.add(listen(sockets.isEmpty() ? 0 : sockets.get(0).localAddress().getPort()));

        assertThat(SharedPort.listeners(sockets.get(0).intValue())).isEqualTo(count);
      }
      assertThat(SharedPort.listeners(0)).as("no socket").isOne();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket listen(int port) throws IOException {
    Socket socket = Socket.newSocketStream();
    socket.setReusePort(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.listen(1);
    return socket;
  }

  @Test
  void saysWhatSharingTakesWhenThePortIsAnothers() {
    assertThat(SharedPort.explain("Address already in use"))
        .isEqualTo("Address already in use, by another user's process or one without reuse_port");
    assertThat(SharedPort.explain("Permission denied")).isEqualTo("Permission denied");
  }
}
