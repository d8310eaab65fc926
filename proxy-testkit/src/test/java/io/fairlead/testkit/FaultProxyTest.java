package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final Duration SHORT = Duration.ofMillis(30);

  private final ScriptedBackend backend = ScriptedBackend.answering(line -> line + "\r\n");
  private final FaultProxy proxy = FaultProxy.to(backend.address());
  private final RawClient client = RawClient.connect(proxy.port());

  @AfterEach
  void closeAll() {
    client.close();
    proxy.close();
    backend.close();
  }

  @Test
  void relaysUntilOneSideCloses() {
    client.send("a\r\nb\r\n").expect("a\r\nb\r\n");
    backend.closeConnections();
    client.expectClosed();
    assertThat(proxy.acceptedCount()).isEqualTo(1);
  }

  @Test
  void passesTheEndOfTheClientOn() {
    client.send("a\r\n").expect("a\r\n");
    client.close();
    backend.awaitOpenConnections(0);
  }

  @Test
  void delaysReplies() {
    proxy.delayReplies(Duration.ofMillis(50));
    long start = System.nanoTime();
    client.send("a\r\n").expect("a\r\n");
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
  }

  @Test
  void healingDeliversWhatIsDelayed() {
    proxy.delayRequests(Duration.ofMinutes(1));
    client.send("a\r\n").expectSilence(SHORT);
    assertThat(backend.lines()).isEmpty();
    proxy.heal();
    client.expect("a\r\n");
  }

  @Test
  void healingDeliversWhatIsHeld() {
    proxy.hold();
    client.send("a\r\n").expectSilence(SHORT);
    proxy.heal();
    client.expect("a\r\n");
  }

  @Test
  void losesBytesInTheBlackHole() {
    proxy.blackHole();
    client.send("a\r\n").expectSilence(SHORT);
    proxy.heal();
    client.send("b\r\n").expect("b\r\n");
  }

  @Test
  void cutsOnceAfterSoManyBytes() {
    client.send("a\r\n").expect("a\r\n");
    proxy.cutAfter(4);
    client.send("b\r\ncdef\r\n").expect("b\r\nc").expectClosed();
    try (RawClient next = RawClient.connect(proxy.port())) {
      next.send("a\r\n").expect("a\r\n");
    }
  }

  @Test
  void corruptsAndDuplicates() {
    proxy.corruptReplies().duplicateReplies();
    client.send("a\r\n").expect("\u009e\r\n\u009e\r\n");
  }

  @Test
  void refusesAndListensAgain() {
    client.send("z\r\n").expect("z\r\n");
    proxy.refuse();
    assertThatThrownBy(() -> RawClient.connect(proxy.port()))
        .isInstanceOf(UncheckedIOException.class);
    client.send("a\r\n").expect("a\r\n");
    proxy.listen();
    try (RawClient next = RawClient.connect(proxy.port())) {
      next.send("b\r\n").expect("b\r\n");
    }
  }

  @Test
  void resetsConnections() {
    client.send("a\r\n").expect("a\r\n");
    proxy.resetConnections();
    client.expectClosed();
    backend.awaitOpenConnections(0);
  }
}
