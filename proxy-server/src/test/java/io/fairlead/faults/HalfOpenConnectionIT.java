package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.health.ServerStatus;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A connection whose other end has vanished without a word: nothing is read from it, and nothing
 * comes. The kernel of a machine that is cut off would acknowledge nothing either, which takes a
 * network of its own to play and is left to the options of the socket.
 */
@ExtendWith(LeakCheck.class)
class HalfOpenConnectionIT {
  private static final String TIMED_OUT = "SERVER_ERROR server timed out\r\n";

  /** Never counted down. */
  private final CountDownLatch forEver = new CountDownLatch(1);

  private final Script vanished = peer -> peer.await(forEver);

  private Script vanishingAfter(String request) {
    return peer -> {
      assertThat(peer.nextRequest()).isEqualTo(request);
      peer.send(Answers.of(request));
      peer.await(forEver);
    };
  }

  @Test
  void isReplacedWhenItsRequestsHaveTimedOut() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(vanishingAfter("get a"), Script.answering(Answers::of));
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client().send("get a\r\n").expect(Answers.get("a"));

      client.send("get b\r\n").expect(TIMED_OUT);
      assertThat(proxy.status(0).failuresInARow()).isOne();
      proxy.awaitCount(Counter.CONNECTIONS_LOST, 1);

      client.send("get c\r\n").expect(Answers.get("c"));
      assertThat(backend.accepted()).hasSize(2);
      assertThat(backend.lines()).containsExactly("get a", "get c");
      assertThat(proxy.status(0).failuresInARow()).isZero();
    }
  }

  /** However much is sent to it: what the kernels at both ends take, and what they do not. */
  @Test
  void isReplacedWhenItsSocketIsFullToo() {
    String value = "x".repeat(10_000);
    try (ScriptedBackend backend =
            ScriptedBackend.running(vanishingAfter("get a"), Script.answering(Answers::of));
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client().send("get a\r\n").expect(Answers.get("a"));
      int sets = 300;
      client.send(("set k 0 0 10000\r\n" + value + "\r\n").repeat(sets));

      for (int i = 0; i < sets; i++) {
        assertThat(client.readLine()).startsWith("SERVER_ERROR server ");
      }
      proxy.awaitCount(Counter.CONNECTIONS_LOST, 1);

      client.send("get c\r\n").expect(Answers.get("c"));
      assertThat(backend.lines()).containsExactly("get a", "get c");
    }
  }

  @Test
  void ejectsItsServerWhereAllConnectionsVanishUntilOneIsAnswered() {
    try (ScriptedBackend backend = ScriptedBackend.running(vanished);
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .timeout(ProxySetup.TIMEOUT)
                .eject(3, Duration.ofMillis(300), WhileEjected.ERROR)
                .start()) {
      RawClient client = proxy.client();
      int timedOut = 0;
      while (proxy.isUp(0)) {
        client.send("get a\r\n").expect(TIMED_OUT);
        timedOut++;
      }
      assertThat(timedOut).isBetween(1, 6);
      assertThat(proxy.status(0).state()).isEqualTo(ServerStatus.State.EJECTED);
      client.send("get a\r\n").expect("SERVER_ERROR server is ejected\r\n");

      backend.nowRunning(Script.answering(Answers::of));
      proxy.awaitUp(0);

      client.send("get a\r\n").expect(Answers.get("a"));
    }
  }
}
