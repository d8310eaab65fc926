package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.faults.Await;
import io.fairlead.server.events.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the admin port refuses, and what it lets do those who have the token. */
class AdminGuardIT {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path folder;
  private Path tokenFile;
  private AdminServer server;
  private final List<Event> events = new ArrayList<>();
  private final Level level = new Level();

  private static final class Level implements LogLevel {
    private volatile String name = "info";

    @Override
    public String present() {
      return name;
    }

    @Override
    public void change(String next) {
      name = next;
    }
  }

  @BeforeEach
  void start() throws IOException {
    tokenFile = folder.resolve("token");
    Files.writeString(tokenFile, TOKEN + "\n");
    server =
        start(
            new AdminSettings(
                new Address.Tcp("127.0.0.1", 0), false, tokenFile, List.of("p.test")));
  }

  private AdminServer start(AdminSettings settings) throws IOException {
    AdminServer started =
        AdminServer.start(
            settings, "1", new ProcessReadings(() -> events, level), Duration.ofSeconds(2));
    started.onServing(new Samples().readings(), Samples.view());
    started.onReady();
    return started;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:5001", "[::1]:5001", "p.test"})
  void answersThoseWhoCallItByItsName(String host) throws IOException {
    assertThat(exchange("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).contains(" 200 OK");
  }

  @ParameterizedTest
  @CsvSource({
    "'Host: evil.example.com', 421, not a name of this machine",
    "'X: y', 400, the request has 0 Host headers",
    "'Host: localhost\r\nHost: evil.example.com', 400, the request has 2 Host headers",
  })
  void refusesOtherNames(String header, int status, String words) throws IOException {
    for (String request : List.of("GET /livez", "GET /config", "POST /reload")) {
      String answer =
          exchange(request + " HTTP/1.1\r\n" + header.replace("\\r\\n", "\r\n") + "\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(words);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 401, 'Authorization: missing (expected: Bearer and the token)'",
    "'Authorization: Basic abc', 401, 'Authorization: missing (expected: Bearer and the token)'",
    "'Authorization: Bearer 0123456789abcdeX', 401, 'Authorization: not the token'",
    "'Authorization: Bearer ', 401, 'Authorization: missing (expected: Bearer and the token)'",
    "'Authorization: Bearer 0123456789abcde', 401, 'Authorization: not the token'",
    "'Origin: http://evil.example.com', 403, 'a page of another origin may not do that'",
    "'Origin: null', 403, 'a page of another origin may not do that'",
  })
  void changesNothingForThoseWithoutTheToken(String header, int status, String words)
      throws IOException {
    for (String path : List.of("/reload", "/log-level?level=debug")) {
      String answer = post(path, header);

      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .endsWith("{\"error\":\"" + words + "\"}\n");
      assertThat(answer.contains("www-authenticate: Bearer")).isEqualTo(status == 401);
      assertThat(answer).doesNotContain(TOKEN);
    }
    assertThat(level.present()).isEqualTo("info");
  }

  @Test
  void changesWhatThoseWithTheTokenAskFor() throws IOException {
    assertThat(post("/log-level?level=debug", "Authorization: Bearer " + TOKEN))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("{\"level\":\"debug\"}\n");
    assertThat(level.present()).isEqualTo("debug");
    assertThat(post("/reload", "authorization: bearer " + TOKEN)).contains(" 409 ");
  }

  @ParameterizedTest
  @CsvSource({
    "/log-level, 'level: missing (expected: level=trace, debug, info, warn, error)'",
    "/log-level?level=debgu, 'level: debgu (expected: level=trace, debug, info, warn, error), did"
        + " you mean debug?'",
  })
  void saysWhichLevelsThereAre(String uri, String words) throws IOException {
    assertThat(post(uri, "Authorization: Bearer " + TOKEN))
        .startsWith("HTTP/1.1 400 ")
        .contains(words);
  }

  @Test
  void letsThePageThatItServesItselfChangeThings() throws IOException {
    String headers = "Origin: http://localhost\r\nAuthorization: Bearer " + TOKEN;

    assertThat(post("/log-level?level=warn", headers)).contains(" 200 OK");
  }

  @Test
  void takesAnotherTokenWhenTheFileHasOne() throws IOException {
    Files.writeString(tokenFile, "another-token-of-more-characters");

    assertThat(post("/log-level?level=warn", "Authorization: Bearer " + TOKEN)).contains(" 401 ");
    assertThat(
            post("/log-level?level=warn", "Authorization: Bearer another-token-of-more-characters"))
        .contains(" 200 OK");
  }

  @Test
  void goesByTheTokenFromBeforeWhileTheFileIsBroken() throws IOException {
    Files.writeString(tokenFile, "short");

    assertThat(post("/log-level?level=warn", "Authorization: Bearer short")).contains(" 401 ");
    assertThat(post("/log-level?level=warn", "Authorization: Bearer " + TOKEN)).contains(" 200 OK");
  }

  @Test
  void changesNothingWhileNoTokenIsConfigured() throws IOException {
    server.close();
    server = start(AdminSettings.at(new Address.Tcp("127.0.0.1", 0)));

    assertThat(post("/log-level?level=debug", "Authorization: Bearer " + TOKEN))
        .startsWith("HTTP/1.1 403 ")
        .contains("no token is configured");
    assertThat(post("/reload", "Origin: http://localhost")).startsWith("HTTP/1.1 403 ");
    assertThat(post("/reload", "X: y")).startsWith("HTTP/1.1 409 ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /reload, POST",
    "PUT /reload, POST",
    "POST /livez, 'GET, HEAD'",
    "GET /servers/main/cache1/drain, POST",
    "POST /servers, 'GET, HEAD'",
    "DELETE /log-level, 'GET, HEAD, POST'",
    "POST /overview/stream, 'GET, HEAD'",
  })
  void namesTheMethodsThatItAnswers(String request, String allowed) throws IOException {
    assertThat(exchange(request + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("allow: " + allowed + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /nothing, 404, no such path",
    "POST /servers/main/cache1/drian, 404, did you mean /servers/main/cache1/drain?",
    "POST /pools/main/drain, 404, did you mean /pools",
    "POST /servers/main/cache1x/drain, 404, 'no such server in pool main: cache1x'",
    "POST /servers/main/cache1x/drain, 404, did you mean cache1?",
    "POST /servers/mian/cache1/drain, 404, did you mean main?",
    "POST /pools/mian/pause, 404, 'no such pool: mian'",
    "POST /servers/main/%63ache1/drain, 200, '\"server\":\"cache1\"'",
    "POST /backends/main/cache1/pause, 200, '\"in_flight\":5'",
    "POST /servers/main/cache1/reconnect, 200, '\"replaced\":2'",
    "POST /pools/main/resume, 200, '\"server\":\"cache2\"'",
  })
  void findsTheServerThatIsMeant(String request, int status, String words) throws IOException {
    String answer =
        exchange(
            request
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TOKEN
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(words);
  }

  @Test
  void answersHeadWithoutABody() throws IOException {
    String head = exchange("HEAD /version HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
    assertThat(head).contains("content-length: ").doesNotContain("content-length: 0\r\n");
  }

  @Test
  void refusesABody() throws IOException {
    for (String request : List.of("GET /livez", "POST /reload")) {
      assertThat(exchange(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"))
          .startsWith("HTTP/1.1 400 ")
          .contains("the request has a body (expected: none)");
    }
  }

  @Test
  void answersTheFirstOfPipelinedRequestsAlone() throws IOException {
    String request = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";

    assertThat(exchange(request.repeat(5)).split("HTTP/1.1 200", -1)).hasSize(2);
  }

  @Test
  void tellsBrowsersToTrustNobody() throws IOException {
    assertThat(exchange("GET / HTTP/1.0\r\n\r\n"))
        .contains("content-security-policy: default-src 'none'; ")
        .contains("x-content-type-options: nosniff\r\n")
        .contains("referrer-policy: no-referrer\r\n")
        .contains("cache-control: no-store\r\n");
  }

  @Test
  void closesAClientThatSendsItsHeadersDropByDrop() throws IOException {
    try (Socket client = connect()) {
      byte[] request =
          "GET /livez HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII);
      long begin = System.nanoTime();
      for (int i = 0; !isClosed(client, request[i % request.length]); i++) {
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(30);
      }
    }
  }

  /** Sends one byte, and looks for a while whether that is still wanted. */
  private static boolean isClosed(Socket client, byte drop) throws IOException {
    try {
      client.setSoTimeout(50);
      client.getOutputStream().write(drop == '\n' ? 'x' : drop);
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void closesAClientThatDoesNotReadALargePage() throws IOException {
    String large = "x".repeat(8000);
    for (int i = 0; i < 1000; i++) {
      events.add(new Event(i, "info", large, Map.of()));
    }
    try (Socket client = new Socket()) {
      client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      client.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort()));
      client.setSoTimeout(30_000);
      client
          .getOutputStream()
          .write("GET /events HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Await.until("the connection is closed", () -> server.connections() == 0);
      assertThat(statusOf("/livez")).isEqualTo(200);
    }
  }

  private int statusOf(String path) throws IOException {
    return Integer.parseInt(exchange("GET " + path + " HTTP/1.0\r\n\r\n").substring(9, 12));
  }

  private String post(String path, String header) throws IOException {
    return exchange(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + (header.isEmpty() ? "" : header + "\r\n")
            + "\r\n");
  }

  private String exchange(String request) throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    client.setSoTimeout(20_000);
    return client;
  }
}
