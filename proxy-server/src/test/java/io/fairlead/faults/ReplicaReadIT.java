package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ReplicaSettings;
import io.fairlead.config.ReplicaSettings.ReadFrom;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which replicas a read is asked of, and how long that may take. */
@ExtendWith(LeakCheck.class)
class ReplicaReadIT {
  @RegisterExtension static final Servers replicas = new Servers(3);

  @ParameterizedTest
  @CsvSource({"get k, VALUE k 0 1/v/END", "mg k v, VA 1/v"})
  void twoFrozenReplicasCostOneTimeOutTogether(String request, String reply) {
    replicas.store(2, "k", "v");
    replicas.freeze(0);
    replicas.freeze(1);
    try (TestProxy proxy = replicas.setup().timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client();
      Latencies.check(
          "REPLICAS, two of three are frozen",
          ProxySetup.TIMEOUT,
          latencies -> {
            for (int i = 0; i < 3; i++) {
              long sent = System.nanoTime();
              assertThat(Servers.reply(client, request)).isEqualTo(reply);
              latencies.ended(sent);
            }
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "get k, SERVER_ERROR server timed out",
    "mg k v, SERVER_ERROR server timed out",
    "get k j, SERVER_ERROR server timed out",
  })
  void withAllFrozenTheTimeOutIsTheOnlyOne(String request, String reply) {
    IntStream.range(0, 3).forEach(replicas::freeze);
    try (TestProxy proxy = replicas.setup().timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client();
      Latencies.check(
          "REPLICAS, all are frozen",
          ProxySetup.TIMEOUT,
          latencies -> {
            long sent = System.nanoTime();
            assertThat(client.send(request.replace("/", "\r\n") + "\r\n").readThrough("\r\n"))
                .isEqualTo(reply + "\r\n");
            latencies.ended(sent);
          });
    }
  }

  /** What it says when it goes on is dropped. */
  @Test
  void aSlowReplicaAnswersNobodyTwice() {
    replicas.store(0, "k", "old");
    replicas.store(1, "k", "new");
    replicas.freeze(0);
    try (TestProxy proxy = replicas.setup().timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client();
      client.send("get k\r\nget k\r\n");
      client.expect("VALUE k 0 3\r\nnew\r\nEND\r\n".repeat(2));
      replicas.thaw(0);

      Await.until(
          "the first answers again",
          () -> Servers.reply(client, "get k").equals("VALUE k 0 3/old/END"));
      client.send("version\r\n").expect("VERSION 1.6.18\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "mg k v", "get a b c"})
  void hundredsOfDeadReplicasAreAskedOneAfterTheOther(String request) {
    int[] dead = new int[2000];
    Arrays.fill(dead, 1);
    try (TestProxy proxy = ProxySetup.replicated(dead).preconnect(false).start()) {
      RawClient client = proxy.client();
      for (int i = 0; i < 3; i++) {
        assertThat(Servers.reply(client, request))
            .isEqualTo("SERVER_ERROR server cannot be reached");
      }
    }
  }

  @Test
  void aMissIsTheAnswerWhereItDoesNotFailOver() {
    replicas.store(1, "k", "v");
    try (TestProxy proxy =
        replicas
            .setup()
            .replicas(
                usual ->
                    new ReplicaSettings(
                        usual.writes(),
                        usual.reads(),
                        false,
                        0,
                        usual.missedWrites(),
                        usual.promote(),
                        usual.failBack()))
            .start()) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("END");
      assertThat(Servers.reply(client, "mg k v")).isEqualTo("EN");
      assertThat(Servers.reply(client, "get k j")).isEqualTo("END");

      replicas.kill(0);
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/v/END");
      assertThat(Servers.reply(client, "mg k v")).isEqualTo("VA 1/v");
    }
  }

  @ParameterizedTest
  @CsvSource({"PRIMARY, 100 0 0", "REPLICAS, 0 50 50", "ALL, 33 33 33"})
  void readsAreSpreadOverTheReplicas(ReadFrom from, String parts) {
    IntStream.range(0, 3)
        .forEach(i -> IntStream.range(0, 300).forEach(k -> replicas.store(i, "k" + k, "" + i)));
    try (TestProxy proxy = replicas.setup().replicas(usual -> usual.with(from)).start()) {
      RawClient client = proxy.client();
      List<String> first = values(client);

      for (int i = 0; i < 3; i++) {
        String server = "" + i;
        long percent = first.stream().filter(server::equals).count() * 100 / first.size();
        long part = Long.parseLong(parts.split(" ", -1)[i]);
        assertThat(percent).isBetween(part - 12, part + 12);
      }
      assertThat(values(client)).as("a client reads a key from one replica").isEqualTo(first);
    }
  }

  private static List<String> values(RawClient client) {
    return IntStream.range(0, 300)
        .mapToObj(k -> Servers.reply(client, "get k" + k).split("/", -1)[1])
        .toList();
  }

  @Test
  void metaGetsAreSpreadLikeGets() {
    IntStream.range(0, 3).forEach(i -> replicas.store(i, "k", "" + i));
    try (TestProxy proxy = replicas.setup().replicas(usual -> usual.with(ReadFrom.ALL)).start()) {
      for (int i = 0; i < 10; i++) {
        RawClient client = proxy.client();
        String byGet = Servers.reply(client, "get k").split("/", -1)[1];
        assertThat(Servers.reply(client, "mg k v")).isEqualTo("VA 1/" + byGet);
        assertThat(Servers.reply(client, "mg aw== b v")).isEqualTo("VA 1/" + byGet);
        assertThat(Servers.reply(client, "gat 100 k")).isEqualTo("VALUE k 0 1/0/END");
        assertThat(Servers.reply(client, "mg k v c")).startsWith("VA 1 c").endsWith("/0");
      }
    }
  }

  /** With the spread, too, none is asked that is out, and the primary comes last. */
  @Test
  void readsGoOnWithReplicasThatAreOut() {
    IntStream.range(0, 3).forEach(i -> replicas.store(i, "k", "" + i));
    try (TestProxy proxy =
        replicas
            .setup()
            .replicas(usual -> usual.with(ReadFrom.REPLICAS))
            .eject(1, Duration.ofMinutes(1), WhileEjected.ERROR)
            .start()) {
      RawClient client = proxy.client();
      replicas.kill(1);
      replicas.kill(2);
      Await.until("the primary answers", () -> Servers.reply(client, "get k").contains("/0/"));
      Servers.reply(client, "set j 0 0 1/x");
      proxy.awaitEjected(1);
      proxy.awaitEjected(2);
      long timeouts = proxy.count(Counter.TIMEOUTS);

      for (int i = 0; i < 20; i++) {
        assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/0/END");
      }
      assertThat(proxy.count(Counter.TIMEOUTS)).isEqualTo(timeouts);
    }
  }
}
