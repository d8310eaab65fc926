package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.InProcessMemcached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What others notice of a proxy that warms up. */
class WarmUpProcessIT {
  private static final String ADDRESS = "msg=\"listening\" address=\"127.0.0.1:(\\d+)\"";
  private static final String ADMIN = "msg=\"admin listening\" url=\"http://127.0.0.1:(\\d+)\"";
  private static final String WARM = "msg=\"warmed up\" time=\"\\d+m?s\" requests=\"(\\d+)\"";
  private static final String LONG = "60s";

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

  private RunningFairlead serve(String warmUp, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--server"));
    arguments.addAll(List.of("127.0.0.1:" + memcached.port(), "--listen", "0", "--admin", "0"));
    arguments.addAll(List.of(more));
    return launcher.start(Map.of("FAIRLEAD_WARM_UP", warmUp), arguments.toArray(String[]::new));
  }

  private String config(String name, String more) throws IOException {
    return Files.writeString(
            folder.resolve(name),
            """
            listeners: ["127.0.0.1:0"]
            pools: { main: { servers: ["127.0.0.1:%d"] } }
            admin: "127.0.0.1:0"
            %s
            """
                .formatted(memcached.port(), more))
        .toString();
  }

  private static String page(int admin, String path) throws IOException {
    return Conversation.with(admin, "GET " + path + " HTTP/1.0\r\n\r\n");
  }

  @Test
  void servesAtOnceAndIsReadyWhenItIsWarm() throws Exception {
    try (RunningFairlead fairlead = serve("3s")) {
      int port = fairlead.awaitPort(ADDRESS);
      int admin = fairlead.awaitPort(ADMIN);

      assertThat(Conversation.with(port, "set a 0 0 1\r\n1\r\nget a\r\nquit\r\n"))
          .isEqualTo("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n");
      assertThat(page(admin, "/livez")).contains(" 200 ");
      assertThat(page(admin, "/startupz")).contains(" 503 ", "starting");
      assertThat(page(admin, "/readyz")).contains(" 503 ", "starting");
      assertThat(fairlead.log()).doesNotContain("msg=\"ready\"");

      fairlead.await("msg=\"ready\"");
      fairlead.await(WARM);
      assertThat(page(admin, "/startupz")).contains(" 200 ");
      assertThat(page(admin, "/readyz")).contains(" 200 ");
    }
  }

  @Test
  void leavesNothingButALineOfTheLog() throws Exception {
    try (RunningFairlead warm = serve("2s");
        RunningFairlead cold = serve("false")) {
      assertThat(Long.parseLong(warm.await(WARM).group(1))).isGreaterThan(100);
      warm.await("msg=\"ready\"");
      cold.await("msg=\"ready\"");

      assertThat(samples(page(warm.awaitPort(ADMIN), "/metrics")))
          .isEqualTo(samples(page(cold.awaitPort(ADMIN), "/metrics")));
      int port = warm.awaitPort(ADDRESS);
      assertThat(Conversation.with(port, "stats\r\nquit\r\n"))
          .contains("STAT cmd_get 0\r\n", "STAT cmd_set 0\r\n", "STAT total_connections 1\r\n");
      assertThat(page(warm.awaitPort(ADMIN), "/hotkeys")).doesNotContain("fairlead-warm-up");
      assertThat(warm.log().lines().filter(line -> !line.contains("\"warmed up\"")).count())
          .isEqualTo(cold.log().lines().count());
      Await.until("no thread of it is left", () -> threadsOf(warm).equals(threadsOf(cold)));
      Await.until( // those of this test's questions may take a moment
          "no socket of it is left", () -> sockets(warm) == sockets(cold));
    }
  }

  /** The counters of requests, clients and servers, which are all 0 without clients. */
  private static List<String> samples(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("fairlead_"))
        .filter(line -> line.matches(".*(_total|_count|_bucket|clients|in_flight).*"))
        .filter(line -> !line.matches(".*(admin|turns|rests|events|busy).*"))
        .sorted()
        .toList();
  }

  private static List<String> threadsOf(RunningFairlead fairlead) {
    try (var tasks = Files.list(Path.of("/proc", Long.toString(fairlead.pid()), "task"))) {
      return tasks
          .map(WarmUpProcessIT::name)
          .filter(name -> name.startsWith("fairlead") || name.startsWith("warm-up"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has just ended
    }
  }

  private static long sockets(RunningFairlead fairlead) {
    try (var files = Files.list(Path.of("/proc", Long.toString(fairlead.pid()), "fd"))) {
      return files.filter(WarmUpProcessIT::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void endsAtOnceWhenItIsToldToWhileItWarmsUp() throws Exception {
    try (RunningFairlead fairlead = serve(LONG, "--shutdown-delay", "30s")) {
      int port = fairlead.awaitPort(ADDRESS);
      assertThat(Conversation.with(port, "mn\r\nquit\r\n")).isEqualTo("MN\r\n");
      long told = System.nanoTime();

      assertThat(fairlead.terminate()).isZero();

      assertThat(System.nanoTime() - told).isLessThan(10_000_000_000L);
      assertThat(fairlead.log())
          .contains("msg=\"stopped\"")
          .doesNotContain("msg=\"ready\"", "warmed up", "level=WARN", "level=ERROR");
    }
  }

  @Test
  void takesAChangedFileWhileItWarmsUp() throws Exception {
    String config = config("fairlead.yaml", "reload: false");
    Map<String, String> on = Map.of("FAIRLEAD_WARM_UP", LONG);
    try (RunningFairlead fairlead = launcher.start(on, "serve", "--config", config)) {
      fairlead.awaitPort(ADDRESS);

      fairlead.hangUp();

      fairlead.await("msg=\"reconfigured\"");
      assertThat(fairlead.log()).doesNotContain("msg=\"ready\"");
    }
  }

  @Test
  void theFileSaysHowLongItMayTakeUnlessTheEnvironmentDoes() throws Exception {
    String config = config("fairlead.yaml", "warm_up: 100ms");
    Map<String, String> silent = Map.of("FAIRLEAD_WARM_UP", "");
    try (RunningFairlead fairlead = launcher.start(silent, "serve", "--config", config)) {
      fairlead.await("msg=\"ready\"");
      assertThat(fairlead.log()).contains("msg=\"warmed up\"");
    }
    try (RunningFairlead fairlead = launcher.start("serve", "--config", config)) {
      fairlead.await("msg=\"ready\"");
      assertThat(fairlead.log()).doesNotContain("warmed up");
    }
    String off = config("off.yaml", "warm_up: false");
    try (RunningFairlead fairlead = launcher.start(silent, "serve", "--config", off)) {
      fairlead.await("msg=\"ready\"");
      assertThat(fairlead.log()).doesNotContain("warmed up");
    }
  }

  @Test
  void theOtherPersonalitiesWarmUpToo() throws Exception {
    Path nutcracker =
        Files.writeString(
            folder.resolve("nutcracker.yml"),
            "main:\n  listen: 127.0.0.1:%d\n  servers: [\"127.0.0.1:%d:1\"]\n"
                .formatted(FreePorts.next(), memcached.port()));
    Map<String, String> on = Map.of("FAIRLEAD_WARM_UP", "200ms");
    String stats = Integer.toString(FreePorts.next());
    try (RunningFairlead fairlead =
        launcher.start(
            on, "nutcracker", "-c", nutcracker.toString(), "-a", "127.0.0.1", "-s", stats)) {
      fairlead.await(WARM);
      fairlead.await("msg=\"ready\"");
    }
    String routes =
        "{\"pools\": {\"a\": {\"servers\": [\"127.0.0.1:%d\"]}}, \"route\": \"PoolRoute|a\"}"
            .formatted(memcached.port());
    try (RunningFairlead fairlead =
        launcher.start(
            on, "mcrouter", "-p", Integer.toString(FreePorts.next()), "--config-str", routes)) {
      fairlead.await(WARM);
      fairlead.await("msg=\"ready\"");
    }
  }

  @Test
  void saysWhatIsWrongWithTheEnvironment() throws Exception {
    Launcher.Result result =
        launcher.run(Map.of("FAIRLEAD_WARM_UP", "fast"), "serve", "--server", "a");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "fairlead: FAIRLEAD_WARM_UP: fast (expected: a time with its unit, as in 2s, or"
                + " false)\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessBeforeItServesUntilItIsWarm() throws Exception {
    String takeover = "--takeover=" + folder.resolve("takeover");
    String config = config("fairlead.yaml", "");
    try (RunningFairlead old = launcher.start("serve", "--config", config, takeover)) {
      int port = old.awaitPort(ADDRESS);
      old.await("msg=\"ready\"");
      Map<String, String> on = Map.of("FAIRLEAD_WARM_UP", "3s");
      try (RunningFairlead next = launcher.start(on, "serve", "--config", config, takeover)) {
        next.await("msg=\"taking over\"");
        next.hangUp(); // is not lost, and does not end it
        assertThat(Conversation.with(port, "mn\r\nquit\r\n")).isEqualTo("MN\r\n");
        assertThat(old.log()).doesNotContain("another process has taken over");

        next.await(WARM);
        next.await("msg=\"ready\"");
        assertThat(next.log())
            .containsSubsequence("taking over", "warmed up", "listening", "ready");
        next.await("SIGHUP: the configuration is read again");
        assertThat(old.awaitEnd()).isZero();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessBeforeItGoesOnWhenItIsStoppedWhileItWarmsUp() throws Exception {
    String takeover = "--takeover=" + folder.resolve("takeover");
    String config = config("fairlead.yaml", "");
    try (RunningFairlead old = launcher.start("serve", "--config", config, takeover)) {
      int port = old.awaitPort(ADDRESS);
      old.await("msg=\"ready\"");
      Map<String, String> on = Map.of("FAIRLEAD_WARM_UP", LONG);
      try (RunningFairlead next = launcher.start(on, "serve", "--config", config, takeover)) {
        next.await("msg=\"taking over\"");
        assertThat(next.terminate()).isZero();
      }
      assertThat(Conversation.with(port, "mn\r\nquit\r\n")).isEqualTo("MN\r\n");
      assertThat(old.log()).doesNotContain("another process has taken over");
    }
  }
}
