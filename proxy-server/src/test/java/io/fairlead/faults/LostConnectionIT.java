package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of requests when their connection is lost, or a multi-get is refused half-way. */
@ExtendWith(LeakCheck.class)
class LostConnectionIT {
  private static final String OUT_OF_MEMORY = "SERVER_ERROR out of memory writing get response\r\n";

  private static Script closingAfterLines(int lines, String reply) {
    return peer -> {
      for (int i = 0; i < lines; i++) {
        peer.nextRequest();
      }
      peer.send(reply);
      peer.close();
    };
  }

  @Test
  void getsAreAskedOnceMore() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(closingAfterLines(2, ""), Script.answering(Answers::of));
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      RawClient first = proxy.client().send("get a\r\n");
      backend.awaitLines(1);
      RawClient second = proxy.client().send("get b c\r\n");

      first.expect(Answers.get("a"));
      second.expect(Answers.of("get b c"));
      assertThat(proxy.count(Counter.RETRIES)).isEqualTo(3);
      assertThat(proxy.count(Counter.CONNECTIONS_LOST)).isOne();
    }
  }

  @Test
  void getsAreNotAskedAThirdTime() {
    try (ScriptedBackend backend = ScriptedBackend.running(closingAfterLines(1, ""));
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      proxy.client().send("get a\r\n").expect("SERVER_ERROR server closed the connection\r\n");

      assertThat(backend.lines()).containsExactly("get a", "get a");
    }
  }

  @Test
  void requestsThatChangeSomethingAreNeverSentTwice() {
    try (ScriptedBackend backend = ScriptedBackend.answering(Answers::of);
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      for (String request :
          List.of(
              "incr n 1\r\n",
              "decr n 1\r\n",
              "set k 0 0 1\r\nx\r\n",
              "add k 0 0 1\r\nx\r\n",
              "replace k 0 0 1\r\nx\r\n",
              "append k 0 0 1\r\nx\r\n",
              "prepend k 0 0 1\r\nx\r\n",
              "cas k 0 0 1 7\r\nx\r\n",
              "ms k 1\r\nx\r\n",
              "md k\r\n",
              "delete k\r\n",
              "touch k 0\r\n",
              "ma n\r\n")) {
        proxy.client().send("get k\r\n").readThrough("END\r\n");
        backend.nowRunning(closingAfterLines(1, ""), Script.answering(Answers::of));
        long lost = proxy.count(Counter.CONNECTIONS_LOST);
        backend.closeConnections();
        proxy.awaitCount(Counter.CONNECTIONS_LOST, lost + 1);
        int before = backend.lines().size();

        proxy.client().send(request).expect("SERVER_ERROR server closed the connection\r\n");

        String line = request.substring(0, request.indexOf('\r'));
        List<String> sent = backend.lines().subList(before, backend.lines().size());
        assertThat(sent).as(request).containsOnlyOnce(line).first().isEqualTo(line);
      }
    }
  }

  @Test
  void everyoneWhoSharedAKeyIsAnsweredWhenItIsAskedOnceMore() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(closingAfterLines(2, ""), Script.answering(Answers::of));
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      RawClient first = proxy.client().send("get a\r\nget a\r\n");
      backend.awaitLines(1);
      RawClient second = proxy.client().send("get a\r\nget a\r\nget a\r\n");

      first.expect(Answers.get("a").repeat(2));
      second.expect(Answers.get("a").repeat(3));
    }
  }

  @Test
  void valuesThatCameBeforeTheLossAreNotAskedAgain() {
    try (ScriptedBackend backend =
            ScriptedBackend.running(
                closingAfterLines(1, Answers.found("a") + "VALUE b 0 10\r\nval"),
                Script.answering(Answers::of));
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      proxy.client().send("get a b c\r\n").expect(Answers.of("get a b c"));

      assertThat(backend.lines()).containsExactly("get a b c", "get b c");
    }
  }

  @Test
  void anErrorInTheMiddleOfACoalescedGetFailsOnlyTheKeyItConcerns() {
    Script refusing =
        peer -> {
          assertThat(peer.nextRequest()).isEqualTo("get a b c d");
          peer.send(Answers.found("a") + OUT_OF_MEMORY);
          while (true) {
            String request = peer.nextRequest();
            peer.send(request.equals("get c") ? OUT_OF_MEMORY : Answers.of(request));
          }
        };
    try (ScriptedBackend backend = ScriptedBackend.running(refusing);
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      proxy
          .client()
          .send("get a\r\nget b\r\nget c\r\nget d\r\n")
          .expect(Answers.get("a") + Answers.get("b") + OUT_OF_MEMORY + Answers.get("d"));

      assertThat(backend.lines()).containsExactly("get a b c d", "get b", "get c", "get d");
      assertThat(proxy.count(Counter.RETRIES)).isEqualTo(3);
      assertThat(backend.accepted()).hasSize(1);
      backend.verify();
    }
  }

  @Test
  void anErrorInTheMiddleOfOneClientsMultigetLeavesTheOtherKeysToIt() {
    Script refusing =
        peer -> {
          peer.nextRequest();
          peer.send(Answers.found("a") + OUT_OF_MEMORY);
          Script.answering(line -> line.equals("get b") ? OUT_OF_MEMORY : Answers.of(line))
              .run(peer);
        };
    for (MultigetFailure mode : MultigetFailure.values()) {
      try (ScriptedBackend backend = ScriptedBackend.running(refusing);
          TestProxy proxy = ProxySetup.sharded(backend.port()).multigetFailure(mode).start()) {
        String reply =
            mode == MultigetFailure.ERROR
                ? "SERVER_ERROR out of memory writing get response\r\n"
                : Answers.found("a") + Answers.get("c");
        proxy
            .client()
            .send("get a b c\r\n")
            .expect(reply)
            .send("get c\r\n")
            .expect(Answers.get("c"));
      }
    }
  }

  @Test
  void anErrorToOneGetIsPassedOnAndCostsNothingElse() {
    Script refusing =
        Script.answering(line -> line.equals("get a") ? "ERROR\r\n" : Answers.of(line));
    try (ScriptedBackend backend = ScriptedBackend.running(refusing);
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      RawClient client = proxy.client().send("get a\r\n");
      client.expect("ERROR\r\n").send("get b\r\n").expect(Answers.get("b"));

      assertThat(backend.accepted()).hasSize(1);
    }
  }

  @Test
  void aServerThatIsGoneHalvesAMultigetOrFailsItAsConfigured() {
    try (ScriptedBackend good = ScriptedBackend.answering(Answers::of);
        ScriptedBackend bad = ScriptedBackend.running(Script.closing())) {
      bad.refuse();
      for (MultigetFailure mode : MultigetFailure.values()) {
        try (TestProxy proxy =
            ProxySetup.sharded(good.port(), bad.port()).multigetFailure(mode).start()) {
          RawClient client = proxy.client();
          String keys = "get apple banana cherry damson elder fig grape hazel ivy juniper\r\n";
          if (mode == MultigetFailure.ERROR) {
            client.send(keys).expect("SERVER_ERROR server cannot be reached\r\n");
          } else {
            String reply = client.send(keys).readThrough("END\r\n");
            assertThat(reply).startsWith("VALUE ").doesNotContain("ERROR");
            assertThat(proxy.count(Counter.PARTIAL_GETS)).isOne();
          }
          client.expectSilence(Duration.ofMillis(5));
        }
      }
    }
  }
}
