package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.AddressRange;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.faults.Await;
import io.fairlead.frontend.Introspection;
import io.fairlead.runtime.Proxy;
import io.fairlead.runtime.ProxyStart;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A task that keeps an event loop from turning, as seen at the admin port of a whole proxy. */
class StuckLoopIT {
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void proxyIsNotAliveWhileALoopIsStuckAndAliveAfterwards() throws IOException {
    try (Proxy proxy =
            Proxy.start(ProxyStart.with(settings()).answeringBy(view -> new Blocking()));
        AdminServer admin = AdminServer.start(new Address.Tcp("127.0.0.1", 0), "1");
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      admin.onServing(ProxyReadings.of(proxy));
      admin.onReady();
      client.send("stats\r\n");
      try (Socket scrape = asking(admin, "/metrics")) {
        assertThat(scrape.isConnected()).isTrue();
        long start = System.nanoTime();
        assertThat(get(admin, "/livez")).contains(" 200 ");

        Await.until("five seconds are over", () -> System.nanoTime() - start > 5_000_000_000L);
        assertThat(get(admin, "/livez")).contains(" 200 ");
        Await.until("it is not alive", () -> get(admin, "/livez").contains(" 503 "));
        assertThat(get(admin, "/livez")).contains("has not ended a turn for 1");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
      }

      end.countDown();

      Await.until("it is alive", () -> get(admin, "/livez").contains(" 200 "));
      Await.until("metrics are there", () -> get(admin, "/metrics").contains("fairlead_"));
    } finally {
      end.countDown();
    }
  }

  private static ProxySettings settings() {
    return ProxySettings.of(
            List.of(
                ListenerSettings.with(new Address.Tcp("127.0.0.1", 0), "p")
                    .introspectionFrom(List.of(AddressRange.parse("127.0.0.1")))
                    .build()),
            List.of(PoolSettings.of("p", PoolSettings.Mode.SHARDED, List.of())))
        .build();
  }

  private static Socket asking(AdminServer admin, String path) throws IOException {
    InetSocketAddress address = admin.address();
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String get(AdminServer admin, String path) {
    try (Socket socket = asking(admin, path)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Does what an answer must not do. */
  private final class Blocking implements Introspection {
    @Override
    public byte[] value(String key) {
      return new byte[0];
    }

    @Override
    public byte[] stats(String arguments) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "END\r\n".getBytes(StandardCharsets.US_ASCII);
    }
  }
}
