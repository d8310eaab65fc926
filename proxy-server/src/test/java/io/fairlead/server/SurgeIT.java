package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process follows another on the same ports, as with {@code maxSurge: 1} and {@code
 * hostNetwork} on a node of Kubernetes: the new one starts, and when it is ready the old one is
 * told to stop.
 */
@EnabledOnOs(OS.LINUX)
class SurgeIT {
  /** Each takes some seconds; set {@code -Dfairlead.surges=50} for as many as a release needs. */
  private static final int SURGES = Integer.getInteger("fairlead.surges", 3);

  /** Between two connections of each of four clients: about 250 connects a second. */
  private static final Duration PAUSE = Duration.ofMillis(15);

  private static final int PROBES = 30;

  @TempDir private Path folder;
  private final int port = FreePorts.next();
  private final int admin = FreePorts.next();
  private MemcachedServer memcached;
  private Launcher launcher;

  @BeforeEach
  void start() throws IOException {
    memcached = Memcached.start();
    launcher = Launcher.sharedIn(folder);
    Files.writeString(
        folder.resolve("fairlead.yaml"),
        """
        listeners: [{ address: "127.0.0.1:%d", reuse_port: true }]
        admin: { listen: "127.0.0.1:%d", reuse_port: true }
        pools: { main: { servers: ["%s:%d"] } }
        shutdown: { delay: 1s }
        """
            .formatted(port, admin, memcached.host(), memcached.port()));
  }

  @AfterEach
  void stop() {
    memcached.close();
  }

  /** Serves, and has done so for a moment. */
  private RunningFairlead serve() throws IOException, InterruptedException {
    RunningFairlead fairlead =
        launcher.start("serve", "--config", folder.resolve("fairlead.yaml").toString());
    fairlead.await("msg=\"ready\"");
    return fairlead;
  }

  private ConnectingClients clients() throws IOException {
    try (RawClient client = RawClient.connect(port)) {
      client.send("set k 0 0 1\r\nv\r\n").expect("STORED\r\n");
    }
    return new ConnectingClients(port, "get k\r\n", "VALUE k 0 1\r\nv\r\nEND\r\n", PAUSE);
  }

  private boolean isReady() throws IOException {
    return Conversation.with(admin, "GET /readyz HTTP/1.0\r\n\r\n").contains(" 200 ");
  }

  @Test
  void nobodyIsRefusedOrResetOrLeftWithoutAnAnswer() throws Exception {
    RunningFairlead present = serve();
    long began = System.nanoTime();
    try (ConnectingClients clients = clients()) {
      for (int i = 0; i < SURGES; i++) {
        try (RunningFairlead old = present) {
          present = serve();
          old.tellToStop();
          assertThat(old.awaitEnd()).isZero();
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d connects, %.0f a second, during %d surges: %d refused or reset, %d without an"
              + " answer%n",
          clients.connects(),
          clients.connects() / seconds,
          SURGES,
          clients.failures().size(),
          clients.unanswered());
      assertThat(clients.failures()).isEmpty();
      assertThat(clients.unanswered()).isZero();
      assertThat(clients.connects()).isGreaterThan(SURGES * 100);
    } finally {
      present.close();
    }
  }

  /** A rollout that is taken back: the new process ends, and the old one stays. */
  @Test
  void theYoungerMayLeaveAsWell() throws Exception {
    try (RunningFairlead stays = serve();
        ConnectingClients clients = clients()) {
      for (int i = 0; i < SURGES; i++) {
        try (RunningFairlead leaves = serve()) {
          assertThat(leaves.terminate()).isZero();
        }
      }
      assertThat(clients.failures()).isEmpty();
      assertThat(clients.unanswered()).isZero();
      assertThat(stays.log()).doesNotContain("draining");
    }
  }

  @Test
  void theOneThatStaysAnswersProbesAlone() throws Exception {
    try (RunningFairlead old = serve();
        RunningFairlead next = serve()) {
      next.await("msg=\"ready\"");
      old.tellToStop();
      old.await("leaves the admin port to another process");

      for (int i = 0; i < PROBES; i++) {
        assertThat(isReady()).isTrue();
      }

      assertThat(old.log()).doesNotContain("msg=\"stopped\"");
      assertThat(old.awaitEnd()).isZero();
    }
  }

  /** What is gained: a port that one process alone can have is refused in between. */
  @Test
  void oneAfterTheOtherRefusesClientsInBetween() throws Exception {
    RunningFairlead present = serve();
    try (PortWatch watch = new PortWatch(port, "mn\r\nquit\r\n")) {
      watch.awaitAnswer();
      try (RunningFairlead old = present) {
        assertThat(old.terminate()).isZero();
      }
      present = serve();
      watch.awaitAnswer();
      System.out.printf("stop, then start: refused for %d ms%n", watch.longestGap().toMillis());
      assertThat(watch.longestGap()).isPositive();
    } finally {
      present.close();
    }
  }
}
