package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of every dialect that change under a process that serves them. */
class ReloadIT {
  private static final String ADMIN = "url=\"http://127.0.0.1:(\\d+)\"";

  @TempDir private Path folder;
  private Servers servers;
  private Launcher launcher;
  private Path file;
  private int port;

  @BeforeEach
  void start() throws IOException {
    servers = new Servers(2);
    launcher = Launcher.sharedIn(folder);
    file = folder.resolve("file");
    port = FreePorts.next();
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  /** A dialect, what starts a proxy with a file of it, and such a file with a server. */
  record Kind(String name, List<String> command, String text) {
    String with(int port, int server) {
      return text.replace("PORT", "" + port).replace("SERVER", "127.0.0.1:" + server);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Kind OWN =
      new Kind(
          "Fairlead's own",
          List.of("serve", "--admin", "0", "--config"),
          "{listeners: [\"127.0.0.1:PORT\"], pools: {p: {servers: [\"SERVER\"]}}}");

  private static final String NUTCRACKER =
      "p:\n  listen: 127.0.0.1:PORT\n  servers:\n  - SERVER:1\n";

  static Stream<Kind> kinds() {
    return Stream.of(
        OWN,
        new Kind("nutcracker.yml", List.of("serve", "--admin", "0", "--config"), NUTCRACKER),
        new Kind(
            "fairlead nutcracker",
            List.of("nutcracker", "-a127.0.0.1", "-sSTATS", "-c"),
            NUTCRACKER),
        new Kind(
            "mcrouter's JSON",
            List.of("serve", "--admin", "0", "--listen", "PORT", "--config"),
            "{\"pools\": {\"A\": {\"servers\": [\"SERVER\"]}}, \"route\": \"PoolRoute|A\"}"));
  }

  private RunningFairlead run(Kind kind, String... more) throws IOException {
    Stream<String> command =
        kind.command().stream()
            .map(word -> word.replace("PORT", "" + port))
            .map(word -> word.replace("STATS", "" + FreePorts.next()));
    return launcher.start(
        Stream.of(command, Stream.of(file.toString()), Stream.of(more))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private void write(String text) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private int server(int index) {
    return servers.ports().get(index);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesAChangedFileAndKeepsABrokenOneOut(Kind kind) throws Exception {
    write(kind.with(port, server(0)));
    try (RunningFairlead fairlead = run(kind)) {
      fairlead.await("msg=\"ready\"");
      try (RawClient client = RawClient.connect(port)) {
        client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");

        String other = kind.with(port, server(1));
        Files.writeString(file, other.substring(0, other.length() / 2));
        fairlead.await("Failed to reconfigure: the running configuration stays");
        client.send("get k\r\n").expect("VALUE k 0 1\r\nx\r\nEND\r\n");
        Files.writeString(file, other);
        fairlead.await("msg=\"reconfigured\"");

        client.send("get k\r\n").expect("END\r\n");
        client.send("set k 0 0 1\r\ny\r\n").expect("STORED\r\n");
        assertThat(servers.values("k")).containsExactly("x", "y");
      }
    }
  }

  @Test
  void readsTheFileOnlyWhenAskedIfSoTold() throws Exception {
    write(OWN.with(port, server(0)));
    try (RunningFairlead fairlead = run(OWN, "--no-reload")) {
      int admin = fairlead.awaitPort(ADMIN);
      fairlead.await("msg=\"ready\"");
      write(OWN.with(port, server(1)).replace("pools", "threads: {loops: 7}, pools"));
      Await.until("it asks for POST", () -> http(admin, "GET /reload").contains(" 405 "));
      assertThat(fairlead.log()).doesNotContain("reconfigured");

      assertThat(http(admin, "POST /reload"))
          .contains(" 200 ", "\"in_use\":true", "\"take_restart\":[\"threads\"]");

      fairlead.await("takes a restart"); // the log may come behind
      fairlead.await("keys=\"threads\"");
      assertThat(http(admin, "GET /readyz"))
          .contains(" 200 ")
          .endsWith("takes a restart: threads\n");
      Conversation.with(port, "set k 0 0 1\r\ny\r\nquit\r\n");
      assertThat(servers.values("k")).containsExactly("-", "y");
      assertThat(http(admin, "GET /metrics"))
          .contains("fairlead_config_reloads_total{result=\"success\"} 1.0")
          .contains("backend=\"127.0.0.1:" + server(1) + "\"")
          .doesNotContain("backend=\"127.0.0.1:" + server(0) + "\"");
    }
  }

  @Test
  void aFileOfAnotherDialectTakesARestart() throws Exception {
    write(OWN.with(port, server(0)));
    try (RunningFairlead fairlead = run(OWN)) {
      fairlead.await("msg=\"ready\"");
      write(NUTCRACKER.replace("PORT", "" + port).replace("SERVER", "127.0.0.1:" + server(1)));

      fairlead.await("a file of another dialect than before \\(expected: a restart with it\\)");
      Conversation.with(port, "set k 0 0 1\r\ny\r\nquit\r\n");
      assertThat(servers.values("k")).containsExactly("y", "-");
    }
  }

  @Test
  void readsTheFileAtOnceOnHangup() throws Exception {
    String switchedOff = OWN.with(port, server(0)).replace("pools", "reload: false, pools");
    write(switchedOff);
    try (RunningFairlead fairlead = run(OWN)) {
      fairlead.await("msg=\"ready\"");
      write("{");
      fairlead.hangUp();
      fairlead.await("Failed to reconfigure");
      fairlead.hangUp();
      fairlead.await("(?s)SIGHUP: the configuration.*SIGHUP: the configuration");
      write(switchedOff.replace(":" + server(0), ":" + server(1)));
      fairlead.hangUp();
      fairlead.await("msg=\"reconfigured\"");

      assertThat(fairlead.log().split("Failed to reconfigure", -1)).hasSize(2);
      Conversation.with(port, "set k 0 0 1\r\ny\r\nquit\r\n");
      assertThat(servers.values("k")).containsExactly("-", "y");
    }
  }

  private static String http(int port, String request) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client
          .getOutputStream()
          .write(
              (request + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
