package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.DiscoverySettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourceSettings;
import io.fairlead.config.SourceText;
import io.fairlead.faults.Await;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.ScriptedBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers that a configuration endpoint lists, in each way that there is to ask for them. */
@ExtendWith(LeakCheck.class)
class ElastiCacheIT {
  private static final String NODES = "12\nnode-b|10.0.0.2|11211 node-a||11212\n";

  @TempDir private Path folder;

  @Test
  void nodesAreServers() {
    try (ScriptedBackend endpoint =
            ScriptedBackend.answering(
                line ->
                    line.equals("config get cluster") ? config("CONFIG cluster") : "ERROR\r\n");
        DiscoveringProxy proxy = proxy(endpoint.port())) {
      assertThat(proxy.settings().pools().get(0).servers())
          .containsExactly(
              new ServerSettings("node-a:11212", new Address.Tcp("node-a", 11212), 1),
              new ServerSettings("node-b", new Address.Tcp("node-b", 11211), 1));
    }
  }

  @Test
  void isAskedInTheOldWayWhenItRefusesTheNewOne() {
    try (ScriptedBackend endpoint =
            ScriptedBackend.answering(
                line ->
                    line.equals("get AmazonElastiCache:cluster")
                        ? config("VALUE AmazonElastiCache:cluster")
                        : "ERROR\r\n");
        DiscoveringProxy proxy = proxy(endpoint.port())) {
      assertThat(proxy.servers()).containsExactly("node-a:11212", "node-b");
    }
  }

  @Test
  void endpointThatIsNoneIsNoted() {
    try (MemcachedProcess plain = MemcachedProcess.start();
        DiscoveringProxy proxy = proxy(plain.port())) {
      Await.until("it has failed", () -> proxy.source().state() == SourceStatus.State.FAILING);

      assertThat(proxy.source().problem()).contains("has no configuration of a cluster");
      assertThat(proxy.servers()).isEmpty();
    }
  }

  @Test
  void endpointThatIsSilentOrGoneHoldsNobodyUp() {
    try (ScriptedBackend endpoint = ScriptedBackend.answering(line -> "")) {
      long start = System.nanoTime();
      try (DiscoveringProxy proxy = proxy(endpoint.port())) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        endpoint.closeConnections();
        proxy.awaitState(SourceStatus.State.FAILING);
      }
    }
  }

  private static String config(String command) {
    return command + " 0 " + NODES.length() + "\r\n" + NODES + "\r\nEND\r\n";
  }

  private DiscoveringProxy proxy(int port) {
    PoolSettings pool =
        PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of())
            .preconnect(false)
            .discovery(
                new DiscoverySettings(
                    List.of(SourceSettings.at(SourceText.parse("elasticache://127.0.0.1:" + port))),
                    Duration.ofSeconds(60)))
            .build();
    return DiscoveringProxy.start(pool, folder);
  }
}
