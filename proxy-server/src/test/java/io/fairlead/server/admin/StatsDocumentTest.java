package io.fairlead.server.admin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

class StatsDocumentTest {
  private final StatsDocument document = new StatsDocument("box", "1.2.3", 1_000, 2);
  private final List<LoopStats> loops = List.of(new LoopStats(), new LoopStats());
  private final List<PoolStats> pools = new ArrayList<>();

  private PoolStats pool(String name, String... servers) {
    PoolStats pool = new PoolStats(name);
    for (String server : servers) {
      pool.addServer(server);
    }
    pools.add(pool);
    return pool;
  }

  private String write() {
    return document.write(1_060, loops, PoolTotals.of(pools));
  }

  /** JSON is YAML too, and a key that comes twice is an error here. */
  private Map<String, Object> read() {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new Yaml(strict).load(write());
  }

  @SuppressWarnings("unchecked") // keys of JSON are strings
  private static Map<String, Object> at(Map<String, Object> map, String key) {
    return (Map<String, Object>) requireNonNull(map.get(key), key);
  }

  @Test
  void hasTheFormOfTwemproxyToTheLastSpace() {
    loops.get(1).add(Counter.CLIENTS_ACCEPTED, 7);
    PoolStats pool = pool("main", "cache1");
    pool.add(PoolCounter.CLIENT_CONNECTIONS, 3);
    pool.servers().get(0).add(ServerCounter.REQUESTS, 5);

    assertThat(write())
        .isEqualTo(
            "{\"service\":\"nutcracker\", \"source\":\"box\", \"version\":\"1.2.3\", \"uptime\":60,"
                + " \"timestamp\":1060, \"total_connections\":9, \"curr_connections\":5,"
                + " \"main\": {\"client_eof\":0, \"client_err\":0, \"client_connections\":3,"
                + " \"server_ejects\":0, \"forward_error\":0, \"fragments\":0,"
                + " \"cache1\": {\"server_eof\":0, \"server_err\":0, \"server_timedout\":0,"
                + " \"server_connections\":0, \"server_ejected_at\":0, \"requests\":5,"
                + " \"request_bytes\":0, \"responses\":0, \"response_bytes\":0, \"in_queue\":0,"
                + " \"in_queue_bytes\":0, \"out_queue\":0, \"out_queue_bytes\":0}}}\n");
  }

  @Test
  void addsUpTheLoops() {
    pool("main", "cache1").servers().get(0).add(ServerCounter.REQUESTS, 5);
    pool("main", "cache1").servers().get(0).add(ServerCounter.REQUESTS, 7);

    assertThat(at(at(read(), "main"), "cache1").get("requests")).isEqualTo(12);
  }

  @Test
  void shorterNamesComeFirst() {
    pool("bb", "node-10", "node-9", "a");
    pool("aaa");
    pool("z");

    Map<String, Object> read = read();

    assertThat(List.copyOf(read.keySet())).endsWith("z", "bb", "aaa");
    assertThat(at(read, "bb").keySet().stream().toList()).endsWith("a", "node-9", "node-10");
  }

  @Test
  void namesOfAnyKindAreEscaped() {
    String odd = "a\"b\\c{}:,é";
    pool(odd, odd);

    assertThat(at(at(read(), odd), odd)).containsKey("requests");
  }

  @Test
  void aNameThatIsAKeyOfTheDocumentGetsAPrefix() {
    PoolStats pool = pool("version", "fragments", "server:fragments", "requests");
    pool.servers().get(0).add(ServerCounter.REQUESTS, 1);
    pool.servers().get(1).add(ServerCounter.REQUESTS, 2);

    Map<String, Object> read = read();

    assertThat(read).containsEntry("version", "1.2.3");
    Map<String, Object> renamed = at(read, "pool:version");
    assertThat(renamed.get("fragments")).isEqualTo(0);
    assertThat(at(renamed, "server:server:fragments").get("requests")).isEqualTo(1);
    assertThat(at(renamed, "server:fragments").get("requests")).isEqualTo(2);
    assertThat(at(renamed, "requests")).isNotEmpty();
    assertThat(StatsDocument.renamed(PoolTotals.of(pools).get(0)))
        .containsExactly("version", "fragments");
  }

  @Test
  void aProxyWithoutPoolsHasAHeadOnly() {
    assertThat(write()).endsWith("\"curr_connections\":2}\n");
  }
}
