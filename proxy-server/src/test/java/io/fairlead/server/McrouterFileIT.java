package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Servers;
import io.fairlead.server.Launcher.Result;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** mcrouter's configuration in real processes, before real memcached. */
class McrouterFileIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LISTENING = "msg=\"listening\" address=\"127.0.0.1:(\\d+)\"";

  @TempDir private Path folder;
  private Servers servers;
  private Launcher launcher;
  private Path config;

  @BeforeEach
  void start() throws IOException {
    servers = new Servers(2);
    launcher = Launcher.sharedIn(folder);
    config = folder.resolve("mcrouter.json");
    write("A");
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private String json(String pool) {
    return """
    // pools of one server each
    {
      "pools": {
        "A": {"servers": ["127.0.0.1:%d"]},
        "B": {"servers": ["127.0.0.1:%d:ascii:plain"]},
      },
      "route": "PoolRoute|%s",
    }
    """
        .formatted(servers.ports().get(0), servers.ports().get(1), pool);
  }

  /** Puts a whole new file in the place of the old one. */
  private void write(String pool) throws IOException {
    replace(json(pool));
  }

  private void replace(String text) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private RunningFairlead mcrouter(int port) throws IOException {
    return launcher.start(
        "mcrouter",
        "-p " + port,
        "--listen-addresses=127.0.0.1",
        "--config-file=" + config,
        "--async-dir=" + folder.resolve("spool"),
        "--reconfiguration-delay-ms=200",
        "--file-observer-poll-period-ms=20");
  }

  @Test
  void runsWithTheCommandLineAndTheFileOfMcrouter() throws Exception {
    int port = FreePorts.next();
    try (RunningFairlead fairlead = mcrouter(port)) {
      fairlead.await("msg=\"ready\"");

      assertThat(Conversation.with(port, "set k 0 0 1\r\nv\r\nget /././k\r\nquit\r\n"))
          .isEqualTo("STORED\r\nVALUE /././k 0 1\r\nv\r\nEND\r\n");
      assertThat(servers.values("k")).containsExactly("v", "-");
      assertThat(fairlead.terminate()).isZero();
      assertThat(fairlead.log()).doesNotContain("level=WARN", "level=ERROR");
    }
  }

  @Test
  void servesTheFileWithOptionsOfItsOwn() throws Exception {
    try (RunningFairlead fairlead =
        launcher.start("serve", "--config", config.toString(), "--listen", "0", "--admin", "off")) {
      int port = fairlead.awaitPort(LISTENING);

      assertThat(Conversation.with(port, "set k 0 0 1\r\nv\r\nget k\r\nquit\r\n"))
          .isEqualTo("STORED\r\nVALUE k 0 1\r\nv\r\nEND\r\n");
    }
  }

  @Test
  void aBadFileEndsWithThreeAndItsPlace() throws Exception {
    write("C");
    Result result =
        launcher.run(Map.of(), "mcrouter", "-p", "5000", "-f", config.toString(), "-a", "none");

    assertThat(result.err())
        .isEqualTo(
            "fairlead: "
                + config
                + ":7:12: route: \"C\" (expected: a pool named under pools; there are A, B)\n");
    assertThat(result.status()).isEqualTo(3);
  }

  @Test
  void takesAChangedFileUnderLoadAndKeepsABrokenOneOut() throws Exception {
    int port = FreePorts.next();
    try (RunningFairlead fairlead = mcrouter(port)) {
      fairlead.await("msg=\"ready\"");
      Load load = new Load(port);

      write("B");
      fairlead.await("msg=\"reconfigured\"");
      load.awaitMore();
      assertThat(servers.values("after")).containsExactly("-", "-");
      Conversation.with(port, "set after 0 0 1\r\nv\r\nquit\r\n");
      assertThat(servers.values("after")).containsExactly("-", "v");

      replace(json("A").replace("\"route\":", "\"route\""));
      fairlead.await("Failed to reconfigure: the running configuration stays.*mcrouter.json:");
      load.awaitMore();
      replace(json("C"));
      fairlead.await("mcrouter.json:7:12: route: ");
      load.awaitMore();
      Conversation.with(port, "set broken 0 0 1\r\nv\r\nquit\r\n");
      assertThat(servers.values("broken")).containsExactly("-", "v");
      assertThat(fairlead.log().split("Failed to reconfigure", -1)).hasSize(3);

      write("A");
      fairlead.await("(?s)route: .*msg=\"reconfigured\"");
      Conversation.with(port, "set mended 0 0 1\r\nv\r\nquit\r\n");
      assertThat(servers.values("mended")).containsExactly("v", "-");
      assertThat(load.end()).isEmpty();
    }
  }

  @Test
  void keepsTheConfigurationOfTheStartWhenTold() throws Exception {
    try (RunningFairlead fairlead =
        launcher.start(
            "mcrouter",
            "-p",
            String.valueOf(FreePorts.next()),
            "--listen-addresses=127.0.0.1",
            "--disable-reload-configs",
            "--asynclog-disable",
            "--reconfiguration-delay-ms=0",
            "--file-observer-poll-period-ms=1",
            "-f" + config)) {
      int port = fairlead.awaitPort(LISTENING);
      fairlead.await("msg=\"ready\"");
      write("B");
      for (int i = 0; i < 200; i++) {
        Conversation.with(port, "set k 0 0 1\r\nv\r\nquit\r\n");
      }

      assertThat(servers.values("k")).containsExactly("v", "-");
      assertThat(fairlead.log()).doesNotContain("reconfigured");
    }
  }

  /** A client that stores and reads all the time. */
  private static final class Load {
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean ends = new AtomicBoolean();
    private final CompletableFuture<List<String>> wrong;

    Load(int port) {
      wrong = CompletableFuture.supplyAsync(() -> run(port));
    }

    private List<String> run(int port) {
      try (RawClient client = RawClient.connect(port).withDeadline(PATIENCE)) {
        for (int i = 0; !ends.get(); i++) {
          String key = "user:" + i % 100;
          client.send("set " + key + " 0 0 1\r\nx\r\nget nothing\r\n");
          client.expect("STORED\r\nEND\r\n");
          answers.incrementAndGet();
        }
        return List.of();
      } catch (RuntimeException | AssertionError e) {
        return List.of(String.valueOf(e.getMessage()));
      }
    }

    /** Waits until it has been answered a hundred times more, unless it has failed. */
    void awaitMore() throws InterruptedException {
      int wanted = answers.get() + 100;
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (answers.get() < wanted && !wrong.isDone()) {
        assertThat(System.nanoTime() - end).as("requests go on").isNegative();
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }

    /** What went wrong. */
    List<String> end() throws Exception {
      ends.set(true);
      return wrong.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
