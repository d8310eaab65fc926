package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawClientTest {
  private static final Duration SHORT = Duration.ofMillis(30);

  @Test
  void takesExpectedBytesOneAfterTheOther() {
    try (ScriptedBackend backend = ScriptedBackend.answering(line -> "A " + line + "\r\nB\r\n");
        RawClient client = RawClient.connect(backend.address())) {
      client.send("x\r\ny\r\n").expect("A x\r\n").expect("B\r\nA y").expect("\r\nB\r\n");
    }
  }

  @Test
  void showsTheFirstDifference() {
    try (ScriptedBackend backend = ScriptedBackend.answering(line -> "STORED\r\nERROR\r\n");
        RawClient client = RawClient.connect(backend.address())) {
      client.send("x\r\n");
      assertThatThrownBy(() -> client.expect("STORED\r\nEND\r\n"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("offset 9")
          .hasMessageContaining("expected: STORED\\r\\nEND\\r\\n")
          .hasMessageContaining("  actual: STORED\\r\\nERROR\\r\\n")
          .hasMessageEndingWith(" ".repeat(21) + "^");
    }
  }

  @Test
  void saysThatTheReplyDidNotCome() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.sending("HD"));
        RawClient client = RawClient.connect(backend.port()).withDeadline(SHORT)) {
      assertThatThrownBy(() -> client.expect("HD\r\n"))
          .hasMessageContaining("actual: HD <still open after 30 ms>");
    }
  }

  @Test
  void readsLinesAndMarks() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(Script.sending("a\r\nb\nc END\r\nrest"));
        RawClient client = RawClient.connect(backend.port())) {
      assertThat(client.readLine()).isEqualTo("a");
      assertThat(client.readLine()).isEqualTo("b");
      assertThat(client.readThrough("END\r\n")).isEqualTo("c END\r\n");
      assertThat(client.readUntilQuiet(SHORT)).isEqualTo("rest");
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void expectsSilence() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent(), Script.sending("x"));
        RawClient quiet = RawClient.connect(backend.port());
        RawClient loud = RawClient.connect(backend.port())) {
      quiet.expectSilence(SHORT);
      assertThatThrownBy(() -> loud.expectSilence(Duration.ofSeconds(2)))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("expected silence, got: x");
    }
  }

  @Test
  void expectsTheEndOfTheConnection() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(Script.closing(), Script.resetting(), Script.silent());
        RawClient closed = RawClient.connect(backend.port());
        RawClient reset = RawClient.connect(backend.port());
        RawClient open = RawClient.connect(backend.port()).withDeadline(SHORT)) {
      closed.expectClosed();
      reset.expectClosed();
      assertThatThrownBy(open::expectClosed).hasMessageContaining("still open");
    }
  }

  @Test
  void receivesWhileItSends() {
    String large = "x".repeat(200_000) + "\r\n";
    try (ScriptedBackend backend = ScriptedBackend.answering(line -> line + "\r\n");
        RawClient client = RawClient.connect(backend.port())) {
      client.send(large.repeat(40));
      for (int i = 0; i < 40; i++) {
        client.expect(large);
      }
    }
  }

  @Test
  void sendsInPieces() {
    Script script =
        peer -> {
          peer.expect("ab");
          peer.expect("cd\r\n");
          peer.send("ok");
        };
    try (ScriptedBackend backend = ScriptedBackend.running(script);
        RawClient client = RawClient.connect(backend.port())) {
      client.sendInPieces("abcd\r\n", 2, Duration.ofMillis(1)).expect("ok");
      backend.verify();
    }
  }

  @Test
  void halfClosedConnectionsStillReceive() {
    Script script =
        peer -> {
          peer.nextLine();
          peer.send("last words");
          peer.close();
        };
    try (ScriptedBackend backend = ScriptedBackend.running(script);
        RawClient client = RawClient.connect(backend.port())) {
      client.send("x\n").halfClose().expect("last words").expectClosed();
    }
  }

  @Test
  void talksOverUnixSockets(@TempDir Path folder) {
    Path path = folder.resolve("s");
    try (MemcachedProcess memcached = MemcachedProcess.startOnUnixSocket(path);
        RawClient client = RawClient.connect(path)) {
      client.send("mn\r\n").expect("MN\r\n");
      assertThat(memcached.port()).isZero();
    }
  }

  @Test
  void refusesCharactersThatAreNoBytes() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent());
        RawClient client = RawClient.connect(backend.port())) {
      assertThatThrownBy(() -> client.send("get \u20ac\r\n"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("character 4: ");
    }
  }
}
