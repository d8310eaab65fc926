package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessMemcachedTest {
  private final ManualClock clock = ManualClock.create();
  private final InProcessMemcached memcached = InProcessMemcached.builder().clock(clock).start();

  @AfterEach
  void stop() {
    memcached.close();
  }

  @Test
  void connectionsShareOneCache() {
    try (RawClient writer = RawClient.connect(memcached.port());
        RawClient reader = RawClient.connect(memcached.address())) {
      writer.send("set k 0 10 1\r\nx\r\n").expect("STORED\r\n");
      reader.send("get k\r\n").expect("VALUE k 0 1\r\nx\r\nEND\r\n");
      clock.advance(Duration.ofSeconds(10));
      reader.send("get k\r\nquit\r\n").expect("END\r\n").expectClosed();
    }
  }

  @Test
  void answersLongPipelines() {
    String value = "v".repeat(500_000);
    try (RawClient client = RawClient.connect(memcached.port())) {
      client.send("set k 0 0 500000\r\n" + value + "\r\n").expect("STORED\r\n");
      client.send("get k\r\n".repeat(50));
      for (int i = 0; i < 50; i++) {
        client.expect("VALUE k 0 500000\r\n" + value + "\r\nEND\r\n");
      }
    }
  }

  @Test
  void isGoneWhenKilledAndEmptyWhenRestarted() {
    try (RawClient client = RawClient.connect(memcached.port())) {
      client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      memcached.kill();
      client.expectClosed();
    }
    assertThat(memcached.isRunning()).isFalse();
    assertThatThrownBy(() -> RawClient.connect(memcached.port()))
        .isInstanceOf(UncheckedIOException.class);

    memcached.restart();

    try (RawClient client = RawClient.connect(memcached.port())) {
      client.send("get k\r\nset k 0 0 1\r\nx\r\ngets k\r\n");
      client.expect("END\r\nSTORED\r\nVALUE k 0 1 1\r\nx\r\nEND\r\n");
    }
  }

  @Test
  void answersNothingWhileFrozen() {
    try (RawClient client = RawClient.connect(memcached.port())) {
      memcached.freeze();
      client.send("mn\r\n").expectSilence(Duration.ofMillis(30));
      memcached.thaw();
      client.expect("MN\r\n");
    }
  }

  @Test
  void listensWhereItIsTold() {
    int port = FreePorts.next();
    try (InProcessMemcached chosen =
            InProcessMemcached.builder().port(port).version("1.6.99").memoryLimit(1 << 20).start();
        RawClient client = RawClient.connect(port)) {
      client.send("version\r\n").expect("VERSION 1.6.99\r\n");
      client.send("stats\r\n");
      assertThat(client.readThrough("END\r\n")).contains("STAT limit_maxbytes 1048576\r\n");
      assertThat(chosen.port()).isEqualTo(port);
    }
  }

  @Test
  void replaysRecordedCasesOverSockets() throws IOException {
    for (EdgeCase recorded : EdgeCaseFile.memcached()) {
      if (recorded.id().startsWith("pipe-") || recorded.id().startsWith("long-")) {
        memcached.restart();
        try (RawClient client = RawClient.connect(memcached.port())) {
          assertThat(recorded.replay(client, Duration.ofMillis(5)))
              .as(recorded.id())
              .isEqualTo(recorded.expected());
        }
      }
    }
  }
}
