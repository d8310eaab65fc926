package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemcachedProcessTest {
  private final MemcachedServer memcached = Memcached.start();

  @AfterEach
  void stop() {
    memcached.close();
  }

  @Test
  void answersOnceStarted() {
    try (RawClient client = RawClient.connect(memcached.address())) {
      client.send("set k 0 0 1\r\nx\r\nget k\r\n");
      client.expect("STORED\r\nVALUE k 0 1\r\nx\r\nEND\r\n");
    }
    assertThat(memcached.isRunning()).isTrue();
    assertThat(memcached.host()).isEqualTo("127.0.0.1");
  }

  @Test
  void isGoneWhenKilledAndEmptyWhenRestarted() {
    int port = memcached.port();
    try (RawClient client = RawClient.connect(port)) {
      client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      memcached.kill();
      client.expectClosed();
    }
    assertThat(memcached.isRunning()).isFalse();
    assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(UncheckedIOException.class);

    memcached.restart();

    try (RawClient client = RawClient.connect(port)) {
      client.send("get k\r\n").expect("END\r\n");
    }
  }

  @Test
  void answersNothingWhileFrozen() {
    try (RawClient client = RawClient.connect(memcached.port())) {
      memcached.freeze();
      client.send("mn\r\n").expectSilence(Duration.ofMillis(50));
      memcached.thaw();
      client.expect("MN\r\n");
    }
  }

  @Test
  void canBeKilledWhileFrozen() {
    memcached.freeze();
    memcached.kill();
    assertThat(memcached.isRunning()).isFalse();
  }

  @Test
  void knowsItsProcess() {
    assertThat(ProcessHandle.of(memcached.pid()))
        .hasValueSatisfying(p -> assertThat(p.isAlive()).isTrue());
    assertThat(memcached.cpuTime()).isPresent();
  }

  @Test
  void takesMoreArguments() {
    try (MemcachedServer large = Memcached.start("-I", "2m");
        RawClient client = RawClient.connect(large.port())) {
      client.send("set k 0 0 1500000\r\n" + "x".repeat(1_500_000) + "\r\n").expect("STORED\r\n");
    }
  }

  @Test
  void saysWhyItDidNotStart() {
    assertThatThrownBy(() -> MemcachedProcess.start("--no-such-option"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no-such-option");
  }

  @Test
  void replaysRecordedCases() throws Exception {
    try (MemcachedProcess fresh = MemcachedProcess.start()) {
      for (EdgeCase recorded : EdgeCaseFile.memcached()) {
        if (recorded.id().startsWith("cas-") || recorded.id().startsWith("quit")) {
          fresh.restart();
          try (RawClient client = RawClient.connect(fresh.port())) {
            assertThat(recorded.replay(client, Duration.ofMillis(5)))
                .as(recorded.id())
                .isEqualTo(recorded.expected());
          }
        }
      }
    }
  }
}
