package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.faults.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerIT {
  private static final Address.Tcp ANY_PORT = new Address.Tcp("127.0.0.1", 0);
  private static final Duration EXCHANGE_LIMIT = Duration.ofMillis(500);

  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        AdminServer.start(
            AdminSettings.at(ANY_PORT), "1.2.3", ProcessReadings.NONE, EXCHANGE_LIMIT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersOneRequestAndCloses() throws IOException {
    server.onServing(new Samples().readings());
    server.onReady();

    assertThat(exchange("GET /livez?verbose HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-type: text/plain; charset=utf-8\r\n")
        .contains("content-length: 3\r\n")
        .contains("connection: close\r\n")
        .endsWith("\r\n\r\nok\n");
  }

  @Test
  void servesMetricsAsPrometheusText() throws IOException {
    server.onServing(new Samples().readings());
    server.onReady();

    assertThat(exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains("content-type: text/plain; version=0.0.4; charset=utf-8\r\n")
        .contains("fairlead_client_connections{listener=\"0.0.0.0:11211\"} 4.0\n");
  }

  @Test
  void servesMetricsAsOpenMetricsToWhoAsksForThat() throws IOException {
    server.onServing(new Samples().readings());
    server.onReady();

    assertThat(
            exchange(
                "GET /metrics HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Accept:"
                    + " application/openmetrics-text;version=1.0.0,text/plain;q=0.5\r\n\r\n"))
        .contains("content-type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n")
        .endsWith("# EOF\n");
  }

  @Test
  void followsTheLifeOfTheProxy() throws IOException {
    assertThat(statusOf("/readyz")).isEqualTo(503);
    server.onServing(new Samples().readings());
    server.onReady();
    assertThat(statusOf("/readyz")).isEqualTo(200);
    server.onDraining();
    assertThat(statusOf("/readyz")).isEqualTo(503);
  }

  @Test
  void answersAnUnknownPathWithJson() throws IOException {
    assertThat(exchange("GET /nothing HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 404 Not Found\r\n")
        .contains("content-type: application/json\r\n")
        .contains("{\"error\":\"no such path\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "BREW"})
  void answersOnlyGet(String method) throws IOException {
    assertThat(
            exchange(method + " /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
        .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
        .contains("allow: GET, HEAD\r\n");
  }

  private static Reloading reloading(ConfigStatus before, ConfigStatus after) {
    return new Reloading() {
      @Override
      public ConfigStatus status() {
        return before;
      }

      @Override
      public CompletionStage<ConfigStatus> reload() {
        return CompletableFuture.supplyAsync(() -> after);
      }
    };
  }

  @Test
  void readsTheConfigurationAgainWhenPosted() throws IOException {
    ConfigStatus good = ConfigStatus.beginning("abc").loaded("def", List.of("threads"));
    server.onReloadable(reloading(ConfigStatus.beginning("abc"), good));

    assertThat(exchange("POST /reload HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith(
            "{\"in_use\":true,\"hash\":\"def\",\"problems\":[],\"take_restart\":[\"threads\"]}\n");
  }

  @Test
  void saysWhyWhatWasReadIsNotInUse() throws IOException {
    ConfigStatus bad = ConfigStatus.beginning("abc").refused(List.of("f.yaml:1:1: mistake"));
    server.onReloadable(reloading(bad, bad));
    server.onServing(new Samples().readings());
    server.onReady();

    assertThat(exchange("POST /reload?now HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 422 ")
        .contains("{\"in_use\":false,\"hash\":\"abc\",\"problems\":[\"f.yaml:1:1: mistake\"]");
    assertThat(exchange("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\nok\nthe file is not in use: f.yaml:1:1: mistake\n");
    assertThat(exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(
            "fairlead_config_reloads_total{result=\"failure\"} 1.0\n",
            "fairlead_config_reloads_total{result=\"success\"} 0.0\n",
            "fairlead_config_last_reload_successful 0.0\n",
            "fairlead_config_last_reload_success_timestamp_seconds 1.",
            "fairlead_config_info{hash=\"abc\"} 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /reload, '', 405 Method Not Allowed",
    "PUT /reload, '', 405 Method Not Allowed",
    "POST /reload, 'Origin: http://elsewhere\r\n', 403 Forbidden",
    "POST /reload, '', 409 Conflict",
  })
  void readsNothingAgainOtherwise(String request, String header, String status) throws IOException {
    String headers = "Host: localhost\r\n" + header.replace("\\r\\n", "\r\n");
    String answer = exchange(request + " HTTP/1.1\r\n" + headers + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + "\r\n");
    assertThat(answer.contains("allow: POST\r\n")).isEqualTo(status.startsWith("405"));
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    String long8k = "a".repeat(8192);

    assertThat(exchange("GET /" + long8k + " HTTP/1.1\r\n\r\n")).contains(" 414 ");
    assertThat(exchange("GET / HTTP/1.1\r\nA: " + long8k + "\r\n\r\n")).contains(" 431 ");
    assertThat(exchange("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n")).contains(" 413 ");
  }

  @Test
  void refusesGarbage() throws IOException {
    assertThat(exchange("get anotherkey\r\n\r\n")).contains(" 400 ");
  }

  @Test
  void reportsItsOwnFailures() throws IOException {
    server.onServing(
        new ProxyReadings(
            List::of,
            () -> {
              throw new IllegalStateException("broken");
            },
            List::of));
    server.onReady();

    assertThat(statusOf("/stats")).isEqualTo(500);
    assertThat(statusOf("/livez")).isEqualTo(200);
  }

  @Test
  void closesAClientThatSendsTooSlowly() throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write("GET /livez HTT".getBytes(StandardCharsets.US_ASCII));

      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void closesAClientThatSendsNothing() throws IOException {
    try (Socket client = connect()) {
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void keepsTheNumberOfConnectionsWithinBounds() throws IOException {
    server.close();
    server =
        AdminServer.start(
            AdminSettings.at(ANY_PORT), "1.2.3", ProcessReadings.NONE, Duration.ofMinutes(1));
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < Port.MAX_CONNECTIONS; i++) {
        clients.add(connect());
      }
      try (Socket oneTooMany = connect()) {
        assertThat(oneTooMany.getInputStream().readAllBytes()).isEmpty();
      }
      clients.remove(0).close();
      Await.until("a place is free again", this::isAnswered);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void saysWhichAddressIsTaken() {
    Address.Tcp taken = new Address.Tcp("127.0.0.1", server.address().getPort());

    assertThatThrownBy(() -> AdminServer.start(taken, "1.2.3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("admin " + taken)
        .hasMessageContaining("Address already in use");
  }

  @Test
  void twoProcessesShareAPort() throws IOException {
    try (AdminServer one = startShared(0);
        AdminServer two = startShared(one.address().getPort())) {
      one.onServing(new Samples().readings());
      one.onReady();
      Set<Integer> answers = new HashSet<>();

      // The kernel chooses by the ports of both ends, so that soon both have had one.
      for (int i = 0; i < 1000 && answers.size() < 2; i++) {
        answers.add(statusOf(two, "/readyz"));
      }

      assertThat(answers).containsExactlyInAnyOrder(200, 503);
    }
  }

  @Test
  void aPortIsNotSharedUnlessBothSaySo() {
    int taken = server.address().getPort();

    assertThatThrownBy(() -> startShared(taken))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "admin 127.0.0.1:"
                + taken
                + ": Address already in use, by another user's process or one without reuse_port");
  }

  private static AdminServer startShared(int port) throws IOException {
    Address.Tcp address = new Address.Tcp("127.0.0.1", port);
    AdminSettings shared = new AdminSettings(address, true, null, List.of());
    return AdminServer.start(shared, "1.2.3", ProcessReadings.NONE, EXCHANGE_LIMIT);
  }

  /** Whoever comes before the end of another was noticed is one too many. */
  private boolean isAnswered() {
    try {
      return exchange("GET /livez HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  private int statusOf(String path) throws IOException {
    return statusOf(server, path);
  }

  private static int statusOf(AdminServer of, String path) throws IOException {
    String answer = exchange(of, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return Integer.parseInt(answer.substring(9, 12));
  }

  private String exchange(String request) throws IOException {
    return exchange(server, request);
  }

  private static String exchange(AdminServer with, String request) throws IOException {
    try (Socket client = connect(with)) {
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket connect() throws IOException {
    return connect(server);
  }

  private static Socket connect(AdminServer to) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), to.address().getPort());
    client.setSoTimeout(10_000);
    return client;
  }
}
