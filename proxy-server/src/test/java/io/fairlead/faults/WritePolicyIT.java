package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many replicas must take a write, with some of them dead. */
@ExtendWith(LeakCheck.class)
class WritePolicyIT {
  private static final String TOO_FEW = "SERVER_ERROR not enough replicas accepted the write";

  @RegisterExtension static final Servers replicas = new Servers(3);

  /** The primary lives, so that every command can be decided. */
  @ParameterizedTest
  @CsvSource({
    "ALL,    0, true",
    "ALL,    1, false",
    "QUORUM, 1, true",
    "QUORUM, 2, false",
    "ANY,    2, true",
  })
  void aWriteSucceedsWhenEnoughReplicasTakeIt(WritePolicy policy, int dead, boolean succeeds) {
    for (int i = 0; i < 3; i++) {
      replicas.store(i, "n", "1");
    }
    try (TestProxy proxy = replicas.setup().writes(policy).start()) {
      for (int i = 0; i < dead; i++) {
        replicas.kill(2 - i);
      }
      RawClient client = proxy.client();
      check(client, "set k 0 0 1/x", succeeds ? "STORED" : TOO_FEW);
      check(client, "touch k 100", succeeds ? "TOUCHED" : TOO_FEW);
      check(client, "append k 0 0 1/y", succeeds ? "STORED" : TOO_FEW);
      check(client, "incr n 1", succeeds ? "2" : TOO_FEW);
      check(client, "ma n v", succeeds ? "VA 1/3" : TOO_FEW);
      check(client, "ms k 1/z", succeeds ? "HD" : TOO_FEW);
      check(client, "md k", succeeds ? "HD" : TOO_FEW);
      check(client, "add k 0 0 1/x", succeeds ? "STORED" : TOO_FEW);
      check(client, "delete k", succeeds ? "DELETED" : TOO_FEW);
    }
  }

  private static void check(RawClient client, String request, String reply) {
    assertThat(Servers.reply(client, request)).as(request).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource({"ALL, STORED", "QUORUM, " + TOO_FEW, "ANY, STORED"})
  void ejectedReplicasDoNotCountForAllButForAQuorum(WritePolicy policy, String reply) {
    try (TestProxy proxy =
        replicas
            .setup()
            .writes(policy)
            .eject(1, Duration.ofMillis(100), WhileEjected.ERROR)
            .start()) {
      RawClient client = proxy.client();
      replicas.kill(0);
      replicas.kill(1);
      Servers.reply(client, "set k 0 0 1/x");
      proxy.awaitEjected(0);
      proxy.awaitEjected(1);

      check(client, "set k 0 0 1/x", reply);
      check(client, "get k", "VALUE k 0 1/x/END");
    }
  }

  @ParameterizedTest
  @CsvSource({"ALL", "QUORUM", "ANY"})
  void withNoReplicaAWriteIsOneError(WritePolicy policy) {
    try (TestProxy proxy = replicas.setup().writes(policy).start()) {
      for (int i = 0; i < 3; i++) {
        replicas.kill(i);
      }
      RawClient client = proxy.client();
      for (String request : new String[] {"set k 0 0 1/x", "delete k", "incr k 1", "ms k 1/x"}) {
        assertThat(Servers.reply(client, request)).matches("SERVER_ERROR server [a-z ]+");
      }
      check(client, "set k 0 0 1 noreply/x", "");
    }
  }

  @ParameterizedTest
  @CsvSource({"ALL, " + TOO_FEW, "QUORUM, STORED", "ANY, STORED"})
  void aFrozenReplicaCostsAWriteTheTimeOutAtMost(WritePolicy policy, String reply) {
    try (TestProxy proxy = replicas.setup().writes(policy).timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client();
      check(client, "set k 0 0 1/x", "STORED");
      replicas.freeze(2);
      Latencies.check(
          "REPLICAS, one is frozen, writes " + policy,
          ProxySetup.TIMEOUT,
          latencies -> {
            for (int i = 0; i < 3; i++) {
              long sent = System.nanoTime();
              check(client, "set k 0 0 1/x", reply);
              latencies.ended(sent);
            }
          });
    }
  }

  @Test
  void flushAllIsRefusedUnlessItIsAllowed() {
    try (TestProxy proxy = replicas.setup().start()) {
      RawClient client = proxy.client();
      check(client, "set k 0 0 1/x", "STORED");

      check(client, "flush_all", "CLIENT_ERROR flush_all not allowed");

      assertThat(replicas.values("k")).containsOnly("x");
    }
  }

  @Test
  void flushAllReachesEveryServerAndSucceedsOnlyOnAll() {
    for (ProxySetup setup : new ProxySetup[] {replicas.setup(), replicas.setup().sharded()}) {
      replicas.reset();
      try (TestProxy proxy = setup.allow(GuardedCommand.FLUSH_ALL).start()) {
        RawClient client = proxy.client();
        for (int i = 0; i < 3; i++) {
          replicas.store(i, "k", "x");
        }
        check(client, "flush_all", "OK");
        assertThat(replicas.values("k")).containsOnly("-");
        check(client, "flush_all 0", "OK");
        check(client, "flush_all noreply", "");
        check(client, "flush_all x", "CLIENT_ERROR invalid exptime argument");

        replicas.kill(1);
        assertThat(Servers.reply(client, "flush_all")).startsWith("SERVER_ERROR ");
      }
    }
  }
}
