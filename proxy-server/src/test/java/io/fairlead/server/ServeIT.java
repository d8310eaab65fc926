package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.Launcher.Result;
import io.fairlead.testkit.InProcessMemcached;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeIT {
  @TempDir private Path folder;
  private InProcessMemcached memcached;
  private Launcher launcher;

  @BeforeEach
  void start() throws IOException {
    memcached = InProcessMemcached.start();
    launcher = Launcher.sharedIn(folder);
  }

  @AfterEach
  void stop() {
    memcached.close();
  }

  @Test
  void servesWhatTheOptionsSayUntilItIsToldToStop() throws Exception {
    String server = "127.0.0.1:" + memcached.port();
    try (RunningFairlead fairlead =
        launcher.start("serve", "--server", server, "--listen", "0", "--admin", "0")) {
      int port = fairlead.awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
      int admin = fairlead.awaitPort("msg=\"admin listening\" url=\"http://127.0.0.1:(\\d+)\"");
      fairlead.await("msg=\"ready\"");

      assertThat(Conversation.with(port, "set a 0 0 1\r\n1\r\nget a\r\nquit\r\n"))
          .isEqualTo("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n");
      assertThat(Conversation.with(admin, "GET /readyz HTTP/1.0\r\n\r\n")).contains(" 200 OK");
      assertThat(Conversation.with(admin, "GET /metrics HTTP/1.0\r\n\r\n"))
          .contains("fairlead_backend_up{backend=\"" + server + "\",pool=\"default\"} 1.0");

      assertThat(fairlead.terminate()).isZero();
      assertThat(fairlead.log())
          .contains("msg=\"pool\" pool=\"default\" mode=\"sharded\" servers=\"" + server + "\"")
          .contains("msg=\"draining\"")
          .contains("msg=\"stopped\"")
          .doesNotContain("level=WARN", "level=ERROR");
    }
  }

  @Test
  void listensWhereTheEnvironmentSaysWhenNobodySaysMore() throws Exception {
    Map<String, String> environment =
        Map.of("FAIRLEAD_LISTEN", "127.0.0.2:0", "FAIRLEAD_ADMIN", "127.0.0.3:0");
    try (RunningFairlead fairlead = launcher.start(environment, "serve", "--server", "a")) {
      fairlead.await("msg=\"listening\" address=\"127.0.0.2:\\d+\"");
      fairlead.await("msg=\"admin listening\" url=\"http://127.0.0.3:\\d+\"");
    }
    try (RunningFairlead fairlead =
        launcher.start(environment, "serve", "--server", "a", "--listen", "0", "--admin", "off")) {
      fairlead.await("msg=\"ready\"");
      assertThat(fairlead.log())
          .contains("msg=\"listening\" address=\"127.0.0.1:")
          .doesNotContain("127.0.0.2", "127.0.0.3");
    }
  }

  @Test
  void servesWhatTheFileSays() throws Exception {
    Path file = folder.resolve("fairlead.yaml");
    Files.writeString(
        file,
        """
        listeners: ["127.0.0.1:0"]
        admin: false
        pools:
          main:
            servers: ["127.0.0.1:%d"]
        """
            .formatted(memcached.port()));
    try (RunningFairlead fairlead = launcher.start("serve", "--config", file.toString())) {
      int port = fairlead.awaitPort("address=\"127.0.0.1:(\\d+)\" pool=\"main\"");

      assertThat(Conversation.with(port, "get nothing\r\nquit\r\n")).isEqualTo("END\r\n");
    }
  }

  @Test
  void warnsWhenOtherMachinesCanConnect() throws Exception {
    try (RunningFairlead fairlead =
        launcher.start("serve", "--server", "127.0.0.1", "--listen", ":0", "--admin", "off")) {
      fairlead.await("level=WARN .*other machines can reach this port");
    }
  }

  @Test
  void listsEveryProblemOfAFile() throws Exception {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "pools:\n  main:\n    servers: [a:99999]\n    timeuot: 1s\n");

    Result result = launcher.run(Map.of(), "serve", "--config", file.toString());

    assertThat(result.err())
        .startsWith("fairlead: 2 problems in " + file + ":\n")
        .contains("bad.yaml:3:", "bad.yaml:4:", "timeout")
        .hasLineCount(3);
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void saysWhatToDoWhenItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + taken.getLocalPort();

      Result result =
          launcher.run(
              Map.of(), "serve", "--server", "127.0.0.1", "--listen", listen, "--admin", "off");

      assertThat(result.err())
          .startsWith("fairlead: ")
          .contains(listen, "Another program listens there")
          .hasLineCount(1);
      assertThat(result.status()).isEqualTo(1);
    }
  }
}
