package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ScriptedBackendTest {
  @Test
  void answersCommandLinesAndReadsBodies() {
    try (ScriptedBackend backend =
            ScriptedBackend.answering(line -> line.startsWith("get") ? "END\r\n" : "STORED\r\n");
        RawClient client = RawClient.connect(backend.port())) {
      client.send("set k 0 0 3\r\nabc\r\nms k 1 q\r\nx\r\nget k\r\n");
      client.expect("STORED\r\nSTORED\r\nEND\r\n");
      assertThat(backend.lines()).containsExactly("set k 0 0 3", "abc", "ms k 1 q", "x", "get k");
    }
  }

  @Test
  void recordsConnectionsAndTimes() {
    long before = System.nanoTime();
    try (ScriptedBackend backend = ScriptedBackend.answering(line -> "");
        RawClient first = RawClient.connect(backend.port())) {
      first.send("a\r\n");
      backend.awaitLines(1);
      try (RawClient second = RawClient.connect(backend.port())) {
        second.send("b\r\n");
        backend.awaitLines(2);
      }
      backend.awaitOpenConnections(1);

      assertThat(backend.accepted())
          .extracting(ScriptedBackend.Accepted::connection)
          .containsExactly(1, 2);
      assertThat(backend.received())
          .extracting(ScriptedBackend.Received::connection)
          .containsExactly(1, 2);
      long firstNanos = backend.received().get(0).nanos();
      assertThat(firstNanos - before).isPositive();
      assertThat(backend.received().get(1).nanos() - firstNanos).isPositive();
    }
  }

  @Test
  void everyConnectionRunsItsOwnScript() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(Script.sending("one"), Script.sending("last"));
        RawClient first = RawClient.connect(backend.port()).expect("one");
        RawClient second = RawClient.connect(backend.port()).expect("last");
        RawClient third = RawClient.connect(backend.port()).expect("last")) {
      backend.nowRunning(Script.sending("new"), Script.closing());
      try (RawClient fourth = RawClient.connect(backend.port()).expect("new");
          RawClient fifth = RawClient.connect(backend.port()).expectClosed()) {
        backend.awaitConnections(5);
        backend.sendToAll("!");
        fourth.expect("!");
        assertThat(fifth.isClosed()).isTrue();
      }
      first.expect("!");
      second.expect("!");
      third.expect("!");
    }
  }

  @Test
  void runsStepsInOrder() {
    CountDownLatch signal = new CountDownLatch(1);
    Script script =
        peer -> {
          peer.expect("get k\r\n");
          peer.send("VALUE k 0 5\r\nhel");
          peer.await(signal);
          peer.sendInPieces("lo\r\nEND\r\n", 4, Duration.ofMillis(1));
          peer.reset();
        };
    try (ScriptedBackend backend = ScriptedBackend.running(script);
        RawClient client = RawClient.connect(backend.port())) {
      client.send("get k\r\n").expect("VALUE k 0 5\r\nhel").expectSilence(Duration.ofMillis(20));
      signal.countDown();
      client.expect("lo\r\nEND\r\n").expectClosed();
      backend.verify();
    }
  }

  @Test
  void reportsUnmetExpectations() {
    try (ScriptedBackend backend = ScriptedBackend.running(peer -> peer.expect("get k\r\n"));
        RawClient client = RawClient.connect(backend.port())) {
      client.send("get j\r\n").expectClosed();
      backend.awaitOpenConnections(0);
      assertThatThrownBy(backend::verify)
          .isInstanceOf(AssertionError.class)
          .hasRootCauseMessage(
              "bytes differ at offset 4%nexpected: get k\\r\\n%n  actual: get j%n%14s^"
                  .formatted(""));
    }
  }

  @Test
  void refusesAndListensAgainOnTheSamePort() {
    try (ScriptedBackend backend = ScriptedBackend.answering(line -> "ok\r\n");
        RawClient before = RawClient.connect(backend.port())) {
      backend.awaitConnections(1);
      backend.refuse();
      assertThatThrownBy(() -> RawClient.connect(backend.port()))
          .isInstanceOf(UncheckedIOException.class);
      before.send("x\r\n").expect("ok\r\n");

      backend.listen();

      try (RawClient after = RawClient.connect(backend.port())) {
        after.send("x\r\n").expect("ok\r\n");
      }
    }
  }

  @Test
  void closesAfterSomeAnswers() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(Script.closingAfter(1, line -> "ok\r\n"));
        RawClient client = RawClient.connect(backend.port())) {
      client.send("a\r\nb\r\n").expect("ok\r\n").expectClosed();
    }
  }

  @Test
  void delaysAnswers() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(
                Script.answeringAfter(Duration.ofMillis(50), line -> "late\r\n"),
                Script.answeringInPieces(2, Duration.ofMillis(1), line -> "pieces\r\n"));
        RawClient late = RawClient.connect(backend.port());
        RawClient pieces = RawClient.connect(backend.port())) {
      long start = System.nanoTime();
      late.send("x\r\n").expect("late\r\n");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
      pieces.send("x\r\n").expect("pieces\r\n");
    }
  }

  @Test
  void endsOpenConnections() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent());
        RawClient first = RawClient.connect(backend.port());
        RawClient second = RawClient.connect(backend.port())) {
      first.send("x\n");
      second.send("y\n");
      backend.awaitLines(2);
      assertThat(backend.openConnectionCount()).isEqualTo(2);
      backend.closeConnections();
      first.expectClosed();
      second.expectClosed();
      backend.awaitOpenConnections(0);
    }
  }
}
