package io.fairlead.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.benchmarks.load.GeneratorSettings.LoadedPeer;
import io.fairlead.benchmarks.peers.Backends;
import io.fairlead.benchmarks.peers.OwnedProcesses;
import io.fairlead.benchmarks.peers.Peer;
import io.fairlead.benchmarks.peers.RunningPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The generator against one real memcached. */
class LoadSessionIT {
  private static final String PEER = "memcached";
  private static final double SECONDS = 0.25;

  private static OwnedProcesses processes;
  private static Backends backends;

  @BeforeAll
  static void startMemcached() throws IOException, InterruptedException {
    processes = OwnedProcesses.inTemporaryDirectory();
    backends = Backends.start(processes, 1);
  }

  private static LoadedPeer secure() throws IOException, InterruptedException {
    RunningPeer memcached =
        RunningPeer.start(PEER, Peer.of("direct-tls"), Path.of(""), backends, false, processes)
            .orElseThrow();
    return new LoadedPeer(memcached.port(), memcached.speaksTls(), memcached.pids());
  }

  @AfterAll
  static void endMemcached() {
    processes.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"A", "C", "D", "E", "H", "J"})
  void everyReplyIsRight(Scenario scenario) throws IOException, InterruptedException {
    try (LoadSession session = session(scenario)) {
      session.preload(PEER);

      Measurement closed = session.slice(PEER, Pacing.CLOSED, 0.05, SECONDS, 1);
      Measurement open = session.slice(PEER, Pacing.OPEN, 0.05, SECONDS, 2);

      assertThat(closed.problem()).isEmpty();
      assertThat(closed.requests()).isGreaterThan(20);
      assertThat(closed.p50Nanos()).isBetween(1_000L, closed.p99Nanos());
      assertThat(closed.peerNanos()).isPositive();
      assertThat(closed.lateNanos()).isZero();
      assertThat(open.problem()).isEmpty();
      assertThat(open.requests()).isPositive();
      assertThat(open.p50Nanos()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"A", "C", "D", "E", "J"})
  void everyReplyIsRightWithTls(Scenario scenario) throws IOException, InterruptedException {
    try (LoadSession session = session(scenario, secure())) {
      session.preload(PEER);

      Measurement closed = session.slice(PEER, Pacing.CLOSED, 0.05, SECONDS, 1);
      Measurement open = session.slice(PEER, Pacing.OPEN, 0.05, SECONDS, 2);

      assertThat(closed.problem()).isEmpty();
      assertThat(closed.requests()).isGreaterThan(20);
      assertThat(open.problem()).isEmpty();
      assertThat(open.requests()).isPositive();
    }
  }

  @Test
  void openLoopKeepsItsRate() throws IOException, InterruptedException {
    try (LoadSession session = session(Scenario.G)) {
      session.preload(PEER);

      Measurement open = session.slice(PEER, Pacing.OPEN, 0.2, 0.5, 1);

      double perSecond = open.requests() / open.seconds();
      assertThat(perSecond).isBetween(0.7 * Scenario.G.openRate(), 1.3 * Scenario.G.openRate());
    }
  }

  @Test
  void loopAllocatesNothingPerRequest() throws IOException, InterruptedException {
    try (LoadSession session = session(Scenario.A)) {
      session.preload(PEER);
      session.warm(PEER, Pacing.CLOSED, 1);

      Measurement closed = session.slice(PEER, Pacing.CLOSED, 0.1, SECONDS, 1);

      assertThat((double) closed.allocatedBytes() / closed.requests()).isLessThan(1);
    }
  }

  @Test
  void missesAreNoticedAndNotCarriedOver() throws IOException, InterruptedException {
    try (LoadSession session = session(Scenario.A)) {
      session.preload(PEER);
      flushAll();

      Measurement flushed = session.slice(PEER, Pacing.CLOSED, 0, 0.1, 1);
      session.preload(PEER);
      Measurement loaded = session.slice(PEER, Pacing.CLOSED, 0, 0.1, 1);

      assertThat(flushed.misses()).isPositive();
      assertThat(flushed.isClean()).isFalse();
      assertThat(loaded.isClean()).isTrue();
    }
  }

  private static LoadSession session(Scenario scenario) throws IOException {
    return session(scenario, new LoadedPeer(backends.ports().get(0), false, backends.pids()));
  }

  private static LoadSession session(Scenario scenario, LoadedPeer peer) throws IOException {
    return new LoadSession(
        new GeneratorSettings(scenario, scenario.openRate(), Map.of(PEER, peer), List.of()));
  }

  private static void flushAll() throws IOException {
    int port = backends.ports().get(0);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("flush_all\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(4))
          .isEqualTo("OK\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
