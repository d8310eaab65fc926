package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ReplicaSettings.MissedWrites;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.config.SpoolSettings;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.testkit.FaultProxy;
import io.fairlead.testkit.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that a replica does not get, and what it has of them when it is back. */
@ExtendWith(LeakCheck.class)
class MissedWriteIT {
  private static final Duration RETRY = Duration.ofMillis(50);
  private static final int KEYS = 200;

  @RegisterExtension static final Servers replicas = new Servers(3);

  @TempDir Path directory;

  /** The network to one replica fails; the replica itself keeps what it has. */
  @ParameterizedTest
  @CsvSource({
    "0, set K 0 0 3/new",
    "1, set K 0 0 3/new",
    "1, append K 0 0 1/x",
    "1, incr K 1",
    "1, touch K 1000",
    "1, ms K 3/new",
    "2, ma K",
  })
  void withASpoolAReplicaServesNothingOldWhenItIsBack(int away, String write) {
    try (FaultProxy network = FaultProxy.to(replicas.server(away));
        TestProxy proxy =
            replicas
                .setup(away, network.port())
                .writes(WritePolicy.ANY)
                .eject(2, RETRY, WhileEjected.ERROR)
                .spool(SpoolSettings.in(directory))
                .start()) {
      RawClient client = proxy.client();
      for (int i = 0; i < KEYS; i++) {
        assertThat(Servers.reply(client, "set k" + i + " 0 0 1/5")).isEqualTo("STORED");
      }
      Servers.reply(client, "get none");
      network.refuse();
      network.resetConnections();
      for (int i = 0; i < KEYS; i++) {
        String request = write.replace("K", "k" + i);
        Await.until(request, () -> !Servers.reply(client, request).startsWith("SERVER_ERROR"));
      }
      network.listen();
      proxy.awaitReplayed();
      proxy.awaitUp(away);

      for (int i = 0; i < KEYS; i++) {
        assertThat(replicas.on(away, "get k" + i)).as("k" + i).isEqualTo("END");
      }
      assertThat(proxy.count(SpoolCounter.SPOOLED)).isGreaterThanOrEqualTo(KEYS);
    }
  }

  @Test
  void whereTheyAreKeptTheOldValueIsServedAgain() {
    try (FaultProxy network = FaultProxy.to(replicas.server(1));
        TestProxy proxy =
            replicas
                .setup(1, network.port())
                .writes(WritePolicy.ANY)
                .replicas(usual -> usual.with(MissedWrites.KEEP))
                .spool(SpoolSettings.in(directory))
                .start()) {
      RawClient client = proxy.client();
      Servers.reply(client, "set k 0 0 3/old");
      Servers.reply(client, "get none");
      network.refuse();
      network.resetConnections();
      assertThat(Servers.reply(client, "set k 0 0 3/new")).isEqualTo("STORED");

      assertThat(replicas.values("k")).containsExactly("new", "old", "new");
      assertThat(proxy.count(SpoolCounter.SPOOLED)).isZero();
    }
  }

  /** It gets the write and the delete after it, in their order, when it goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"set k 0 0 3/new", "append k 0 0 1/x", "ms k 3/new", "incr k 1"})
  void aFrozenReplicaThatThawsHasNothingOld(String write) {
    try (TestProxy proxy =
        replicas.setup().writes(WritePolicy.ANY).timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 0 0 1/5")).isEqualTo("STORED");
      Servers.reply(client, "get none");
      replicas.freeze(2);
      Servers.reply(client, write);
      Await.until("it timed out", () -> proxy.status(2).failuresInARow() > 0);
      replicas.thaw(2);

      Await.until("the old value is gone", () -> !replicas.values("k").get(2).equals("5"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WritePolicy.class,
      names = {"QUORUM", "ANY"})
  void enoughReplicasAnswerForAFrozenOne(WritePolicy policy) {
    try (TestProxy proxy = replicas.setup().writes(policy).start()) {
      RawClient client = proxy.client();
      Servers.reply(client, "set n 0 0 1/5");
      replicas.freeze(2);
      long start = System.nanoTime();
      for (String request :
          List.of(
              "set k 0 0 1/x",
              "touch k 100",
              "append k 0 0 1/y",
              "ms k 1/z",
              "delete k",
              "add k 0 0 1/x",
              "incr n 1")) {
        assertThat(Servers.reply(client, request)).as(request).doesNotContain("ERROR");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("the time-out is two seconds")
          .isLessThan(Duration.ofSeconds(1));
    }
  }

  /** That there was nothing to delete anywhere is known when all have said so. */
  @Test
  void aDeleteTellsThatAnyReplicaHadTheKey() {
    try (TestProxy proxy = replicas.setup().writes(WritePolicy.ANY).start()) {
      RawClient client = proxy.client();
      IntStream.range(0, KEYS)
          .forEach(
              i -> {
                replicas.store(2, "k" + i, "v");
                assertThat(Servers.reply(client, "delete k" + i)).isEqualTo("DELETED");
              });
      assertThat(Servers.reply(client, "delete k0")).isEqualTo("NOT_FOUND");
    }
  }
}
