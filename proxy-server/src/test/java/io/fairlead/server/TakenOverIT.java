package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.InProcessMemcached;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a takeover leaves to the new process besides the listeners, and to the clients of the old.
 */
@EnabledOnOs(OS.LINUX)
class TakenOverIT {
  private static final int TAKEOVERS = 3;
  private static final Duration LONGEST_GAP = Duration.ofSeconds(2);
  private static final String ADDRESS = "msg=\"listening\" address=\"127.0.0.1:(\\d+)\"";
  private static final String READY = "msg=\"ready\"";
  private static final String LIVEZ = "GET /livez HTTP/1.0\r\n\r\n";

  /** Who says nothing at all could wait for ever on a connection that the system has forgotten. */
  private static final String NOTHING = "\n";

  private static final int IDLE_CLIENTS = 40;
  private static final int DELETES = 200;

  @TempDir private Path folder;
  private Launcher launcher;
  private Path socket;

  @BeforeEach
  void start() throws IOException {
    launcher = Launcher.sharedIn(folder);
    socket = folder.resolve("takeover");
  }

  private RunningFairlead serve(int server, String... more) throws IOException {
    Path file = folder.resolve("fairlead.yaml");
    Files.writeString(
        file,
        """
        listeners: ["127.0.0.1:0"]
        pools: { main: { servers: ["127.0.0.1:%d"] } }
        %s
        """
            .formatted(server, String.join("\n", more)));
    return launcher.start("serve", "--config", file.toString(), "--takeover=" + socket);
  }

  @Test
  void thePortsOfOperatorsAreGoneForAMomentOnly() throws Exception {
    int admin = FreePorts.next();
    int stats = FreePorts.next();
    String[] ports = {"admin: 127.0.0.1:" + admin, "twemproxy_stats: 127.0.0.1:" + stats};
    try (InProcessMemcached memcached = InProcessMemcached.start()) {
      RunningFairlead present = serve(memcached.port(), ports);
      present.await(READY);
      try (PortWatch adminWatch = new PortWatch(admin, LIVEZ);
          PortWatch statsWatch = new PortWatch(stats, NOTHING)) {
        for (int i = 0; i < TAKEOVERS; i++) {
          try (RunningFairlead old = present) {
            present = serve(memcached.port(), ports);
            present.await(READY);
            assertThat(old.awaitEnd()).isZero();
          }
        }
        adminWatch.awaitAnswer();
        statsWatch.awaitAnswer();
        System.out.printf(
            Locale.ROOT,
            "PORTS IN %d TAKEOVERS: without an answer for at most %d ms (admin), %d ms (stats)%n",
            TAKEOVERS,
            adminWatch.longestGap().toMillis(),
            statsWatch.longestGap().toMillis());
        assertThat(adminWatch.longestGap()).isLessThan(LONGEST_GAP);
        assertThat(statsWatch.longestGap()).isLessThan(LONGEST_GAP);
      }
      try (RunningFairlead last = present) {
        assertThat(Conversation.with(admin, "GET /readyz HTTP/1.0\r\n\r\n")).contains(" 200 ");
        assertThat(Conversation.with(stats, "")).contains("\"main\"");
        assertThat(last.terminate()).isZero();
      }
    }
  }

  @Test
  void aPortThatIsNotFreeYetIsTriedAgain() throws Exception {
    try (InProcessMemcached memcached = InProcessMemcached.start();
        Predecessor old = new Predecessor(socket);
        RunningFairlead next = serve(memcached.port(), "admin: 127.0.0.1:" + old.adminPort())) {
      next.await("msg=\"waits for a port that is in use\" port=\"admin 127.0.0.1:");

      old.freeAdminPort();

      next.await(READY);
      assertThat(Conversation.with(old.adminPort(), LIVEZ)).contains(" 200 ");
      assertThat(old.failure()).isEmpty();
    }
  }

  @Test
  void aPortThatSomebodyElseHasIsDoneWithout() throws Exception {
    try (InProcessMemcached memcached = InProcessMemcached.start();
        Predecessor old = new Predecessor(socket);
        RunningFairlead next = serve(memcached.port(), "admin: 127.0.0.1:" + old.adminPort())) {
      next.await(READY);

      assertThat(next.log())
          .contains(
              "level=ERROR",
              "msg=\"another program has a port: goes on without it, until a restart");
      assertThat(Conversation.with(next.awaitPort(ADDRESS), "mn\r\nquit\r\n")).isEqualTo("MN\r\n");
      assertThat(old.failure()).isEmpty();
    }
  }

  @Test
  void deletesBeforeDuringAndAfterReachTheServerOnceEach() throws Exception {
    try (ScriptedBackend backend = ScriptedBackend.answering(TakenOverIT::answer)) {
      backend.refuse();
      String spool = "delete_spool: { directory: " + folder.resolve("spool") + " }";
      try (RunningFairlead old = serve(backend.port(), "admin: false", spool)) {
        int port = old.awaitPort(ADDRESS);
        List<String> kept = new ArrayList<>(deletes(port, "before"));
        try (DeletingClient during = new DeletingClient(port, "during");
            RunningFairlead next = serve(backend.port(), "admin: false", spool)) {
          next.await(READY);
          assertThat(old.awaitEnd()).isZero();
          kept.addAll(during.stop());
          kept.addAll(deletes(port, "after"));

          backend.listen();

          awaitServed(port);
          System.out.printf("DELETES IN A TAKEOVER: %d kept%n", kept.size());
          assertThat(kept).hasSizeGreaterThan(3 * DELETES);
          List<String> told =
              backend.lines().stream().filter(line -> line.startsWith("delete ")).toList();
          assertThat(told).containsAll(kept).doesNotHaveDuplicates();
          assertThat(next.log()).doesNotContain("another process uses the directory");
        }
      }
    }
  }

  /** Deletes that were answered, which nobody but the spool can have done. */
  private static List<String> deletes(int port, String name) {
    try (DeletingClient client = new DeletingClient(port, name)) {
      client.awaitDone(DELETES);
      return client.stop();
    }
  }

  private static String answer(String line) {
    if (line.startsWith("delete ")) {
      return "DELETED\r\n";
    }
    return line.startsWith("get ") ? "END\r\n" : "VERSION 1\r\n";
  }

  private static void awaitServed(int port) {
    try (RawClient client = RawClient.connect(port)) {
      Await.until("it serves", () -> client.send("get key\r\n").readLine().equals("END"));
    }
  }

  /** What was answered was done, and what was not was not: nothing is lost on an idle client. */
  @Test
  void aClientThatWakesUpIsAnsweredOrFindsItsConnectionClosed() throws Exception {
    try (InProcessMemcached memcached = InProcessMemcached.start();
        RunningFairlead old = serve(memcached.port(), "admin: false")) {
      int port = old.awaitPort(ADDRESS);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < IDLE_CLIENTS; i++) {
        RawClient client = RawClient.connect(port);
        client.send("set n" + i + " 0 0 1\r\n0\r\n").expect("STORED\r\n");
        clients.add(client);
      }
      try (RunningFairlead next = serve(memcached.port(), "admin: false")) {
        old.await("another process has taken over");
        int[] answered = new int[IDLE_CLIENTS];
        for (int i = IDLE_CLIENTS - 1; i >= 0; i--) { // those that are still to be closed, first
          answered[i] = incrementUntilClosed(clients.get(i), "n" + i);
          clients.get(i).close();
        }
        assertThat(old.awaitEnd()).isZero();
        next.await(READY);

        assertThat(IntStream.of(answered).sum()).as("answered after the takeover").isPositive();
        try (RawClient client = RawClient.connect(port)) {
          for (int i = 0; i < IDLE_CLIENTS; i++) {
            String value = String.valueOf(answered[i]);
            client
                .send("get n" + i + "\r\n")
                .expect("VALUE n" + i + " 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n");
          }
        }
      }
    }
  }

  /** How many were answered, each with the number after the one before. */
  private static int incrementUntilClosed(RawClient client, String key) {
    for (int count = 0; ; count++) {
      try {
        client.send("incr " + key + " 1\r\n").expect(count + 1 + "\r\n");
      } catch (AssertionError e) {
        client.expectClosed(); // and not a byte before that
        return count;
      }
    }
  }
}
