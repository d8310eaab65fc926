package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.faults.Await;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, and what clients notice of it. */
class StopIT {
  /** Each takes some seconds; set {@code -Dfairlead.stops=20} for as many as a release needs. */
  private static final int STOPS = Integer.getInteger("fairlead.stops", 3);

  private static final Duration LONGEST = Duration.ofSeconds(28);
  private static final int CLIENTS = 8;
  private static final int LARGE = 1_000_000;
  private static final String REPLY = "VALUE k 0 100\r\n" + "v".repeat(100) + "\r\nEND\r\n";

  @TempDir private Path folder;
  private MemcachedServer memcached;
  private Launcher launcher;

  @BeforeEach
  void start() throws IOException {
    memcached = Memcached.start();
    launcher = Launcher.sharedIn(folder);
  }

  @AfterEach
  void stop() {
    memcached.close();
  }

  private RunningFairlead serve(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--server", memcached.host() + ":" + memcached.port()));
    arguments.addAll(List.of("--listen", "0", "--admin", "0", "--timeout", "20s"));
    arguments.addAll(List.of(more));
    return launcher.start(arguments.toArray(String[]::new));
  }

  private static int port(RunningFairlead fairlead) throws IOException, InterruptedException {
    return fairlead.awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
  }

  private static int admin(RunningFairlead fairlead) throws IOException, InterruptedException {
    return fairlead.awaitPort("msg=\"admin listening\" url=\"http://127.0.0.1:(\\d+)\"");
  }

  private static String readyz(int admin) {
    try {
      return Conversation.with(admin, "GET /readyz HTTP/1.0\r\n\r\n");
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void noReplyIsCutOffUnderLoad() throws Exception {
    for (int i = 0; i < STOPS; i++) {
      try (RunningFairlead fairlead = serve()) {
        stopUnderLoad(fairlead, port(fairlead));
      }
    }
  }

  private static void stopUnderLoad(RunningFairlead fairlead, int port) throws Exception {
    List<PipeliningClient> clients = new ArrayList<>();
    try (RawClient upload = RawClient.connect(port).withDeadline(LONGEST);
        RawClient oneByOne = RawClient.connect(port).withDeadline(LONGEST)) {
      upload.send("set k 0 0 100\r\n" + "v".repeat(100) + "\r\n").expect("STORED\r\n");
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new PipeliningClient(port, "get k\r\n", REPLY));
      }
      for (PipeliningClient client : clients) {
        Await.until("some replies", () -> client.replies() > 100);
      }
      upload.send("set large 0 0 " + LARGE + "\r\n" + "v".repeat(LARGE / 2));

      long told = System.nanoTime();
      fairlead.tellToStop();
      assertThat(requestsUntilClosed(oneByOne)).isPositive();
      upload.send("v".repeat(LARGE - LARGE / 2) + "\r\n").expect("STORED\r\n").expectClosed();

      assertThat(fairlead.awaitEnd()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(LONGEST);
      for (PipeliningClient client : clients) {
        assertThat(client.awaitEnd()).isEqualTo("closed");
        assertThat(client.partOfReply()).isZero();
      }
    } finally {
      for (PipeliningClient client : clients) {
        client.close();
      }
    }
  }

  /** Each request is answered completely, or not at all because the connection was closed. */
  private static int requestsUntilClosed(RawClient client) {
    for (int requests = 0; ; requests++) {
      try {
        client.send("get k\r\n").expect(REPLY);
      } catch (AssertionError e) {
        client.expectClosed(); // and not a byte before that
        return requests;
      }
    }
  }

  @Test
  void servesNewClientsForTheDelayAndIsNotReady() throws Exception {
    try (RunningFairlead fairlead = serve("--shutdown-delay", "60m")) {
      int port = port(fairlead);
      int admin = admin(fairlead);
      Await.until("ready", () -> readyz(admin).contains(" 200 "));

      fairlead.tellToStop();

      Await.until(
          "not ready", () -> readyz(admin).contains(" 503 ") && readyz(admin).contains("draining"));
      assertThat(Conversation.with(port, "get nothing\r\nquit\r\n")).isEqualTo("END\r\n");
      assertThat(Conversation.with(admin, "GET /livez HTTP/1.0\r\n\r\n")).contains(" 200 ");

      assertThat(fairlead.terminate()).as("told once more").isZero();
      assertThat(fairlead.log()).contains("told to stop once more");
    }
  }

  /** It starts for as long as the process that it is to take over from does not answer. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void endsAtOnceWhenItIsToldToStopBeforeItIsReady() throws Exception {
    Path socket = folder.resolve("takeover");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket));
      try (RunningFairlead fairlead = serve("--takeover=" + socket);
          SocketChannel asking = silent.accept()) {
        long told = System.nanoTime();
        assertThat(fairlead.terminate()).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(4));
        assertThat(fairlead.log()).doesNotContain("msg=\"ready\"");
        assertThat(asking.read(ByteBuffer.allocate(1000))).isPositive(); // so it had begun
      }
    }
  }

  /** A container has it so; the kernel keeps signals from a first process that handles them not. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void isToldToStopAsTheFirstProcessOfItsNamespace() throws Exception {
    List<String> namespace =
        List.of("unshare", "--map-root-user", "--pid", "--fork", "--kill-child");
    assumeThat(canRun(namespace)).as("unshare may make namespaces here").isTrue();
    try (RunningFairlead outside =
        launcher.startBy(
            namespace,
            "serve",
            "--server",
            memcached.host() + ":" + memcached.port(),
            "--listen",
            "0",
            "--admin",
            "0",
            "--shutdown-delay",
            "60m")) {
      int port = port(outside);
      outside.await("msg=\"ready\"");
      ProcessHandle first =
          ProcessHandle.of(outside.pid()).orElseThrow().children().toList().get(0);

      first.destroy();
      outside.await("msg=\"draining\"");
      assertThat(Conversation.with(port, "get nothing\r\nquit\r\n")).isEqualTo("END\r\n");
      first.destroy();

      assertThat(outside.awaitEnd()).isZero();
      assertThat(outside.log()).contains("told to stop once more");
    }
  }

  private static boolean canRun(List<String> parent) throws InterruptedException {
    List<String> command = new ArrayList<>(parent);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void cutsOffWhatIsLeftWhenTheTimeIsOver() throws Exception {
    try (RunningFairlead fairlead = serve("--shutdown-drain", "500ms");
        RawClient client = RawClient.connect(port(fairlead))) {
      client.send("mn\r\n").expect("MN\r\n");
      client.send("set never 0 0 " + LARGE + "\r\n" + "half");
      client.send("v".repeat(100_000));

      assertThat(fairlead.terminate()).isZero();

      client.expectClosed();
    }
  }

  @Test
  void idleClientsAreToldOfTheEnd() throws Exception {
    try (RunningFairlead fairlead = serve();
        RawClient client = RawClient.connect(port(fairlead))) {
      client.send("mn\r\n").expect("MN\r\n");

      assertThat(fairlead.terminate()).isZero();

      client.expectClosed();
    }
  }
}
