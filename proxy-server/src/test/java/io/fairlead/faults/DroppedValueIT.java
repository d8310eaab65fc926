package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A value that finds no room is dropped and asked for again when there is room. */
@ExtendWith(LeakCheck.class)
class DroppedValueIT {
  private static final String HUGE = "x".repeat(12 << 20);
  private static final String LARGE = "y".repeat(100_000);
  private static final String FOUND_A = "VALUE a 0 " + HUGE.length() + "\r\n" + HUGE + "\r\n";
  private static final String FOUND_B = "VALUE b 0 " + LARGE.length() + "\r\n" + LARGE + "\r\n";

  @Test
  void aValueThatWasDroppedWhileItArrivedIsAskedForAgain() {
    CountDownLatch hasRoom = new CountDownLatch(1);
    Script script =
        peer -> {
          peer.nextRequest();
          peer.send(FOUND_A + FOUND_B.substring(0, 50_000));
          peer.await(hasRoom);
          peer.send(FOUND_B.substring(50_000) + "END\r\n");
          Script.answering(line -> line.equals("get b") ? FOUND_B + "END\r\n" : Answers.of(line))
              .run(peer);
        };
    try (ScriptedBackend backend = ScriptedBackend.running(script);
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .valueBytes(32 << 20)
                .timeout(Duration.ofSeconds(5))
                .start()) {
      RawClient client = proxy.client().send("get a\r\nget b\r\n");
      proxy.awaitCount(Counter.VALUES_DROPPED, 1);

      client.expect(FOUND_A + "END\r\n");
      client.expectSilence(Duration.ofMillis(50));
      hasRoom.countDown();

      client.expect(FOUND_B + "END\r\n").send("get d\r\n").expect(Answers.get("d"));
      assertThat(backend.lines()).containsExactly("get a b", "get b", "get d");
    }
  }

  @Test
  void aValueWhoseServerDiesWhileItIsDroppedIsAskedForAgain() {
    CountDownLatch hasRoom = new CountDownLatch(1);
    Script dying =
        peer -> {
          peer.nextRequest();
          peer.send(FOUND_A + FOUND_B.substring(0, 50_000));
          peer.await(hasRoom);
          peer.close();
        };
    Script whole =
        Script.answering(line -> line.equals("get b") ? FOUND_B + "END\r\n" : Answers.of(line));
    try (ScriptedBackend backend = ScriptedBackend.running(dying, whole);
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .valueBytes(32 << 20)
                .timeout(Duration.ofSeconds(5))
                .start()) {
      RawClient client = proxy.client().send("get a\r\nget b\r\n");
      proxy.awaitCount(Counter.VALUES_DROPPED, 1);

      client.expect(FOUND_A + "END\r\n");
      hasRoom.countDown();

      client.expect(FOUND_B + "END\r\n").send("get d\r\n").expect(Answers.get("d"));
    }
  }
}
