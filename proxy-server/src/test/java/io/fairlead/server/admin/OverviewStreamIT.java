package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.faults.Await;
import io.fairlead.server.events.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewStreamIT {
  private final AtomicInteger made = new AtomicInteger();
  private final List<Event> events = new ArrayList<>();
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        AdminServer.start(
            AdminSettings.at(new Address.Tcp("127.0.0.1", 0)),
            "1",
            new ProcessReadings(
                () -> {
                  made.incrementAndGet();
                  return events;
                },
                ProcessReadings.NONE.logLevel()),
            Duration.ofSeconds(1));
    server.onServing(new Samples().readings(), Samples.view());
    server.onReady();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsAnOverviewASecondForLongerThanAnExchangeMayTake() throws IOException {
    try (Socket client = listen()) {
      BufferedReader lines = reader(client);
      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
        assertThat(line).doesNotContain("content-length");
      }
      long before = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        assertThat(lines.readLine()).isEqualTo("event: overview");
        assertThat(lines.readLine()).startsWith("data: {\"time_ms\":").endsWith("}");
        assertThat(lines.readLine()).isEmpty();
      }
      assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofSeconds(2).toNanos());
    }
  }

  @Test
  void makesOneForAllAndNoneForNobody() throws IOException {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(listen());
    }
    for (Socket client : clients) {
      awaitEvents(client, 3);
    }
    int madeForAll = made.get();
    for (Socket client : clients) {
      client.close();
    }

    assertThat(madeForAll).isLessThan(16); // and not 24, were they made for each
    Await.until("nothing is made any more", () -> !server.stream().isRunning());
  }

  @Test
  void boundsTheNumberOfListeners() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < OverviewStream.MOST_LISTENERS; i++) {
        Socket client = listen();
        clients.add(client);
        awaitEvents(client, 1);
      }
      try (Socket oneTooMany = listen()) {
        assertThat(reader(oneTooMany).readLine()).startsWith("HTTP/1.1 503 ");
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void dropsAListenerThatDoesNotReadAndServesTheOthers() throws IOException {
    String large = "x".repeat(100_000);
    for (int i = 0; i < 50; i++) {
      events.add(new Event(i, "info", large, Map.of()));
    }
    try (Socket deaf = new Socket();
        Socket other = listen()) {
      deaf.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      deaf.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort()));
      deaf.getOutputStream()
          .write("GET /overview/stream HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      awaitEvents(other, 9);

      Await.until("one listens", () -> server.stream().count() == 1);
    }
  }

  private Socket listen() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    client.setSoTimeout(30_000);
    client
        .getOutputStream()
        .write("GET /overview/stream HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void awaitEvents(Socket client, int count) throws IOException {
    BufferedReader lines = reader(client);
    for (int seen = 0; seen < count; ) {
      String line = lines.readLine();
      assertThat(line).isNotNull();
      seen += line.equals("event: overview") ? 1 : 0;
    }
  }
}
