package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.server.Launcher.Result;
import io.fairlead.testkit.InProcessMemcached;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One process goes on with the listeners of another. */
@EnabledOnOs(OS.LINUX)
class TakeoverIT {
  private static final int TAKEOVERS = 5;

  /** Set {@code -Dfairlead.connects=100000} for as many as a release needs. */
  private static final int CONNECTS = Integer.getInteger("fairlead.connects", 5_000);

  private static final String ADDRESS = "msg=\"listening\" address=\"127.0.0.1:(\\d+)\"";
  private static final String ADMIN = "msg=\"admin listening\" url=\"http://127.0.0.1:(\\d+)\"";

  @TempDir private Path folder;
  private InProcessMemcached memcached;
  private Launcher launcher;
  private Path unix;
  private Path socket;

  @BeforeEach
  void start() throws IOException {
    memcached = InProcessMemcached.start();
    launcher = Launcher.sharedIn(folder);
    unix = folder.resolve("clients");
    socket = folder.resolve("takeover");
  }

  @AfterEach
  void stop() {
    memcached.close();
  }

  /** Writes a file with the listeners of all tests and perhaps one more; gives its path. */
  private String config(String name, String oneMoreListener, String admin) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        """
        listeners: ["127.0.0.1:0", "unix:%s"%s]
        admin: %s
        pools: { main: { servers: ["127.0.0.1:%d"] } }
        delete_spool: { directory: %s }
        """
            .formatted(unix, oneMoreListener, admin, memcached.port(), folder.resolve("spool")));
    return file.toString();
  }

  private RunningFairlead serve(String config) throws IOException {
    return launcher.start("serve", "--config", config, "--takeover=" + socket);
  }

  @Test
  void refusesNobodyWhileProcessesFollowOneAnother() throws Exception {
    String config = config("fairlead.yaml", "", "127.0.0.1:0");
    RunningFairlead present = serve(config);
    int port = present.awaitPort(ADDRESS);
    present.await("msg=\"ready\"");
    assertThat(present.log()).contains("nobody to take over from");
    try (ConnectingClients clients = new ConnectingClients(port)) {
      for (int i = 1; i <= TAKEOVERS; i++) {
        int until = CONNECTS * i / TAKEOVERS;
        awaitConnects(clients, until);
        try (RunningFairlead old = present) {
          present = serve(config);
          assertThat(present.awaitPort(ADDRESS)).isEqualTo(port);
          present.await("msg=\"ready\"");
          assertThat(old.awaitEnd()).isZero();
          assertThat(old.log()).contains("another process has taken over", "msg=\"stopped\"");
        }
      }
      awaitConnects(clients, clients.connects() + 100);
      assertThat(clients.failures()).isEmpty();
      System.out.printf(
          "%d connects during %d takeovers: %d refused, %d closed without an answer%n",
          clients.connects(), TAKEOVERS, clients.failures().size(), clients.unanswered());
    }
    try (RunningFairlead last = present;
        RawClient client = RawClient.connect(unix)) {
      client.send("mn\r\n").expect("MN\r\n");
      assertThat(Conversation.with(last.awaitPort(ADMIN), "GET /readyz HTTP/1.0\r\n\r\n"))
          .contains(" 200 ");
      assertThat(last.terminate()).isZero();
    }
    assertThat(unix).doesNotExist();
    assertThat(socket).doesNotExist();
  }

  private static void awaitConnects(ConnectingClients clients, int count)
      throws InterruptedException {
    while (clients.connects() < count && clients.failures().isEmpty()) {
      Thread.sleep(1);
    }
  }

  @Test
  void clientsOfTheOldProcessEndBetweenTwoReplies() throws Exception {
    String config = config("fairlead.yaml", "", "127.0.0.1:0");
    try (RunningFairlead old = serve(config)) {
      int port = old.awaitPort(ADDRESS);
      try (PipeliningClient client = new PipeliningClient(port, "get nothing\r\n", "END\r\n")) {
        Await.until("some replies", () -> client.replies() > 100);
        try (RunningFairlead next = serve(config)) {
          next.await("msg=\"ready\"");
          assertThat(old.awaitEnd()).isZero();
          assertThat(client.awaitEnd()).isEqualTo("closed");
          assertThat(client.partOfReply()).isZero();
        }
      }
    }
  }

  @Test
  void theOldProcessGoesOnWhenTheNewOneFails() throws Exception {
    String config = config("fairlead.yaml", "", "127.0.0.1:0");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningFairlead old = serve(config)) {
      int port = old.awaitPort(ADDRESS);
      old.await("msg=\"ready\"");
      String bad = config("bad.yaml", ", \"127.0.0.1:" + taken.getLocalPort() + '"', "false");

      Result failed = launcher.run(Map.of(), "serve", "--config", bad, "--takeover=" + socket);

      assertThat(failed.status()).isEqualTo(1);
      assertThat(failed.err()).contains("Another program listens there");
      assertThat(Conversation.with(port, "mn\r\nquit\r\n")).isEqualTo("MN\r\n");
      try (RawClient client = RawClient.connect(unix)) {
        client.send("mn\r\n").expect("MN\r\n");
      }
      try (RunningFairlead next = serve(config)) {
        next.await("msg=\"ready\"");
        assertThat(old.awaitEnd()).isZero();
      }
    }
  }

  @Test
  void anotherTakesOverTheAdminPortAndWhatIsNewIsOpened() throws Exception {
    int admin = freePort();
    try (RunningFairlead old = serve(config("old.yaml", "", "127.0.0.1:" + admin))) {
      old.await("msg=\"ready\"");
      String config = config("new.yaml", ", \"127.0.0.1:0\"", "127.0.0.1:" + admin);
      try (RunningFairlead next = serve(config)) {
        next.await("msg=\"ready\"");
        int added = next.awaitPort("(?s)address=\"unix:.*?address=\"127.0.0.1:(\\d+)\"");

        assertThat(Conversation.with(added, "mn\r\nquit\r\n")).isEqualTo("MN\r\n");
        assertThat(Conversation.with(admin, "GET /readyz HTTP/1.0\r\n\r\n")).contains(" 200 ");
        assertThat(old.awaitEnd()).isZero();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void saysWhatToDoWhenTheOtherProcessDoesNotUnderstand() throws Exception {
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(socket));
      Thread answering = new Thread(() -> answerOnce(other, "error it speaks version 7\n"));
      answering.start();

      Result result = takeOver();

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("fairlead: takeover " + socket + ": the process there cannot be taken over:")
          .endsWith(
              " it speaks version 7. Nothing has changed for it: stop it, then start this one.\n");
      answering.join();
    }
  }

  private static void answerOnce(ServerSocketChannel listener, String answer) {
    try (SocketChannel client = listener.accept()) {
      client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
      client.read(ByteBuffer.allocate(100));
    } catch (IOException e) {
      // The process under test has gone, and the test sees that.
    }
  }

  @Test
  void saysWhatToDoWhenTheOtherProcessDoesNotAnswer() throws Exception {
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(socket));

      Result result = takeOver();

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("does not answer within 5 s. Nothing has changed for it");
    }
  }

  private Result takeOver() throws Exception {
    String config = config("fairlead.yaml", "", "false");
    return launcher.run(Map.of(), "serve", "--config", config, "--takeover=" + socket);
  }

  @Test
  void onlyTheSameUserMayAsk() throws Exception {
    try (RunningFairlead old = serve(config("fairlead.yaml", "", "false"))) {
      old.await("msg=\"ready\"");

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void needsATransportThatCanPassSocketsOn() throws Exception {
    Result result =
        launcher.run(
            Map.of(),
            "serve",
            "--server",
            "127.0.0.1:" + memcached.port(),
            "--transport=nio",
            "--takeover=" + socket);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("only Linux with transport epoll can pass sockets on");
  }
}
