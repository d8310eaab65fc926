package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SocketSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy whose parent has opened the port, as mcrouter's own tests start it. */
class InheritedSocketIT {
  private static final String PARENT =
      """
      import os,socket,sys
      s = socket.socket()
      s.setblocking(sys.argv[1] == 'blocking')
      s.bind(('127.0.0.1', 0))
      s.listen(16)
      os.set_inheritable(s.fileno(), True)
      print('port', s.getsockname()[1], flush=True)
      os.execv(sys.argv[2], sys.argv[2:] + ['--listen-sock-fd', str(s.fileno())])
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"blocking", "non-blocking"})
  void clientsOfASocketThatTheParentHasOpenedAreServed(String kind) throws Exception {
    Launcher launcher = Launcher.sharedIn(folder);
    try (MemcachedServer memcached = Memcached.start();
        RunningFairlead proxy =
            launcher.startBy(
                List.of("python3", "-c", PARENT, kind),
                "mcrouter",
                "--asynclog-disable",
                "--config-str=" + config(memcached.port()))) {
      int port = proxy.awaitPort("port (\\d+)");
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(RawClient.connect(port)); // they wait in the backlog until the proxy accepts
      }
      proxy.await("ready");
      for (RawClient client : clients) {
        client
            .send("set k 0 0 1\r\nv\r\nget k\r\n")
            .expect("STORED\r\nVALUE k 0 1\r\nv\r\nEND\r\n");
        client.close();
      }
      assertThat(proxy.log()).contains("listening").contains("127.0.0.1:" + port);

      assertThat(proxy.terminate()).isZero();
    }
  }

  private static String config(int port) {
    return "{\"pools\": {\"A\": {\"servers\": [\"127.0.0.1:"
        + port
        + "\"]}}, \"route\": \"PoolRoute|A\"}";
  }

  @Test
  void nioSaysThatItCannot() {
    assertThatThrownBy(() -> start(ThreadSettings.Transport.NIO, 4).close())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "listen on descriptor 4: only the transport epoll can take over a socket; give an"
                + " address and a port");
  }

  @Test
  void aDescriptorThatIsNoListeningSocketIsRefused() {
    assertThatThrownBy(() -> start(ThreadSettings.Transport.EPOLL, 54321).close())
        .isInstanceOf(IOException.class)
        .hasMessage("listen on descriptor 54321: it is no socket that listens");
  }

  private static Proxy start(ThreadSettings.Transport transport, int descriptor)
      throws IOException {
    Address anywhere = new Address.Tcp("127.0.0.1", 0);
    return Proxy.start(
        ProxySettings.of(
                List.of(
                    ListenerSettings.with(anywhere, "pool")
                        .socket(new SocketSettings(16, true, false, null, descriptor))
                        .build()),
                List.of(PoolSettings.of("pool", Mode.SHARDED, List.<ServerSettings>of())))
            .threads(new ThreadSettings(1, transport, false))
            .build());
  }
}
