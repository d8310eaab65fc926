package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a dead server costs the clients of a pool that ejects, over many retry times: so many errors
 * as eject it, once, and no more while it stays dead, however many event loops there are.
 */
@ExtendWith(LeakCheck.class)
class DeadServerIT {
  private static final Duration RETRY = Duration.ofMillis(60);
  private static final int RETRIES = 4;

  /** How a server is dead. */
  enum Death {
    REFUSES {
      @Override
      void kill(ScriptedBackend backend) {
        backend.refuse();
        backend.closeConnections();
      }

      @Override
      void revive(ScriptedBackend backend) {
        backend.listen();
      }
    },
    ACCEPTS_AND_NEVER_ANSWERS {
      @Override
      void kill(ScriptedBackend backend) {
        backend.nowRunning(Script.silent());
        backend.closeConnections();
      }

      @Override
      void revive(ScriptedBackend backend) {
        backend.nowRunning(Script.answering(Answers::of));
        backend.closeConnections();
      }
    };

    abstract void kill(ScriptedBackend backend);

    abstract void revive(ScriptedBackend backend);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSES, 1, 1",
    "REFUSES, 1, 2",
    "REFUSES, 3, 1",
    "REFUSES, 3, 2",
    "ACCEPTS_AND_NEVER_ANSWERS, 1, 1",
    "ACCEPTS_AND_NEVER_ANSWERS, 1, 2",
    "ACCEPTS_AND_NEVER_ANSWERS, 2, 1",
    "ACCEPTS_AND_NEVER_ANSWERS, 2, 2"
  })
  void costsItsClientsAFewErrorsInTotal(Death death, int failures, int loops) {
    try (ScriptedBackend good = ScriptedBackend.answering(Answers::of);
        ScriptedBackend dying = ScriptedBackend.answering(Answers::of);
        TestProxy proxy =
            ProxySetup.sharded(good.port(), dying.port())
                .eject(failures, RETRY, WhileEjected.REHASH)
                .timeout(ProxySetup.TIMEOUT)
                .loops(loops)
                .start()) {
      List<RawClient> clients = IntStream.range(0, loops).mapToObj(i -> proxy.client()).toList();
      String key = OwnedKey.of(dying, clients.get(0));
      clients.forEach(client -> client.send("get " + key + "\r\n").expect(Answers.get(key)));

      death.kill(dying);
      int errors = 0;
      int asked = 0;
      long ejections = proxy.count(Counter.EJECTIONS);
      while (proxy.count(Counter.PROBES) < RETRIES) {
        for (RawClient client : clients) {
          asked++;
          errors += isServed(client, key) ? 0 : 1;
        }
      }

      System.out.printf(
          Locale.ROOT,
          "%-36s %d of %d gets failed (limit %d)%n",
          death + ", " + loops + " loops",
          errors,
          asked,
          failures);
      assertThat(asked).isGreaterThan(10 * failures);
      // Another loop hears of the ejection by a task, and may look at a request before that.
      assertThat(errors).isLessThanOrEqualTo(failures + loops - 1);
      assertThat(proxy.count(Counter.EJECTIONS) - ejections).isOne();

      death.revive(dying);
      Await.until("its key is asked of it again", () -> isAskedOf(dying, clients, key));
      clients.forEach(client -> assertThat(isServed(client, key)).isTrue());
      assertThat(proxy.count(Counter.EJECTIONS) - ejections).isOne();
    }
  }

  private static boolean isServed(RawClient client, String key) {
    String line = client.send("get " + key + "\r\n").readLine();
    if (line.startsWith("SERVER_ERROR ")) {
      return false;
    }
    client.expect(Answers.valueOf(key) + "\r\nEND\r\n");
    return true;
  }

  /** Whether each client's event loop sends the gets of the key to this server. */
  private static boolean isAskedOf(ScriptedBackend server, List<RawClient> clients, String key) {
    int before = server.lines().size();
    for (RawClient client : clients) {
      assertThat(isServed(client, key)).isTrue();
    }
    List<String> lines = server.lines();
    return lines.subList(before, lines.size()).stream()
            .filter(line -> line.equals("get " + key))
            .count()
        == clients.size();
  }
}
