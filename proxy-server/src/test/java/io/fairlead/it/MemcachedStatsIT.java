package io.fairlead.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics of the proxy beside those of a memcached that gets the same requests. */
@ExtendWith(LeakCheck.class)
class MemcachedStatsIT {
  /** Requests with every outcome that memcached counts. */
  private static final List<String> TRAFFIC =
      List.of(
          "set k 0 0 1\r\n5\r\n",
          "add k 0 0 1\r\n5\r\n",
          "append k 0 0 1\r\n5\r\n",
          "get k a b k\r\n",
          "get k\r\n",
          "gets nothing k\r\n",
          "gat 100 k a\r\n",
          "gats 100 k a\r\n",
          "touch k 100\r\n",
          "touch a 100\r\n",
          "incr k 3\r\n",
          "incr a 3\r\n",
          "decr k 1\r\n",
          "decr a 1\r\n",
          "cas a 0 0 1 1\r\nx\r\n",
          "cas k 0 0 1 1\r\nx\r\n",
          "mg k v\r\n",
          "mg a v\r\n",
          "ms m 2\r\nxx\r\n",
          "md m\r\n",
          "md m\r\n",
          "delete k\r\n",
          "delete k\r\n",
          "delete k noreply\r\n",
          "ma a\r\n");

  private static final List<String> COUNTED_ALIKE =
      List.of(
          "cmd_get",
          "cmd_set",
          "cmd_touch",
          "cmd_flush",
          "get_hits",
          "get_misses",
          "delete_hits",
          "delete_misses",
          "incr_hits",
          "incr_misses",
          "decr_hits",
          "decr_misses",
          "cas_hits",
          "cas_misses",
          "cas_badval",
          "touch_hits",
          "touch_misses");

  private MemcachedServer server;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() throws IOException {
    server = Memcached.start();
    proxy = ProxyUnderTest.inFrontOf(server).loops(2).start();
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "settings"})
  void hasEachFieldOfMemcachedExceptThoseWithAReason(String group) throws IOException {
    Map<String, String> reasons = reasons();
    Set<String> missing = new TreeSet<>(ofServer(group).keySet());
    missing.removeAll(ofProxy(group).keySet());

    assertThat(missing).allSatisfy(name -> assertThat(reasons).containsKey(name));
    assertThat(ofProxy(group).keySet())
        .as("what is there needs no reason why it is not")
        .doesNotContainAnyElementsOf(reasons.keySet());
  }

  @Test
  void countsTheSameTrafficAsMemcachedDoes() {
    try (MemcachedServer alone = Memcached.start();
        RawClient toProxy = proxy.connect();
        RawClient toAlone = RawClient.connect(alone.address())) {
      send(toProxy);
      send(toAlone);

      assertThat(counted(toProxy))
          .hasSize(COUNTED_ALIKE.size())
          .containsExactlyInAnyOrderEntriesOf(counted(toAlone));
    }
  }

  private static void send(RawClient client) {
    TRAFFIC.forEach(client::send);
    client.send("mn\r\n").readThrough("MN\r\n");
    String found = client.send("set c 0 0 1\r\nx\r\ngets c\r\n").readThrough("x\r\nEND\r\n");
    String unique = found.replaceFirst("(?s).* (\\d+)\r\nx\r\nEND\r\n$", "$1");
    client.send("cas c 0 0 1 " + unique + "\r\ny\r\n").expect("STORED\r\n");
  }

  private static Map<String, String> counted(RawClient client) {
    Map<String, String> stats = MemcachedReaders.stats(client, "");
    stats.keySet().retainAll(COUNTED_ALIKE);
    return stats;
  }

  @Test
  void countsBytesOfItsClientsToTheLast() {
    try (RawClient client = proxy.connect()) {
      client.send("set k 0 0 1\r\n5\r\n").expect("STORED\r\n");
      client.send("get k\r\n").expect("VALUE k 0 1\r\n5\r\nEND\r\n");

      assertThat(MemcachedReaders.stats(client, ""))
          .containsEntry("bytes_read", String.valueOf(16 + 7))
          .containsEntry("bytes_written", String.valueOf(8 + 21));
    }
  }

  @Test
  void theExporterIsUp() {
    try (RawClient client = proxy.connect()) {
      client.send("set k 0 0 1\r\n5\r\n").expect("STORED\r\n");
      client.send("get k k x\r\n").expect("VALUE k 0 1\r\n5\r\nVALUE k 0 1\r\n5\r\nEND\r\n");

      assertThat(MemcachedReaders.asExporter(client))
          .containsEntry("set hit", 1.0)
          .containsEntry("get hit", 2.0)
          .containsEntry("get miss", 1.0)
          .containsEntry("curr_connections", 1.0)
          .containsEntry("proxy_backend_total", 1.0)
          .containsEntry("maxconns", 10_000.0);
    }
  }

  @Test
  void mtopFindsEveryNumberThatItReads() {
    try (RawClient client = proxy.connect()) {
      assertThat(MemcachedReaders.asMtop(client).values()).allMatch(value -> value >= 0);
    }
  }

  @Test
  void readersOfMemcachedReadMemcached() {
    try (RawClient client = RawClient.connect(server.address())) {
      assertThat(MemcachedReaders.asMtop(client)).containsEntry("curr_items", 0.0);
    }
  }

  @Test
  void connsTellOfClientsOfAllLoops() {
    try (RawClient one = proxy.connect();
        RawClient other = proxy.connect()) {
      one.send("version\r\n").expect("VERSION 1.6.18\r\n");
      other.send("version\r\n").expect("VERSION 1.6.18\r\n");

      Map<String, String> conns = MemcachedReaders.stats(one, "conns");
      assertThat(conns)
          .containsEntry("100:listen_addr", "tcp:127.0.0.1:" + proxy.port())
          .containsEntry("101:listen_addr", "tcp:127.0.0.1:" + proxy.port())
          .containsEntry("101:state", "conn_read");
      assertThat(conns.get("100:addr")).matches("tcp:127\\.0\\.0\\.1:\\d+");
      assertThat(Integer.parseInt(conns.get("101:secs_since_last_cmd"))).isBetween(0, 60);
    }
  }

  @Test
  void proxyTellsOfTheServer() {
    try (RawClient client = proxy.connect()) {
      client.send("get k\r\n").expect("END\r\n");
      String server = "server:main:127.0.0.1:" + this.server.port() + ":";

      assertThat(MemcachedReaders.stats(client, "proxy"))
          .containsEntry("config_hash", "none")
          .containsEntry("loops", "2")
          .containsEntry("pool:main:servers", "1")
          .containsEntry(server + "state", "up")
          .containsEntry(server + "requests", "1");
    }
  }

  @Test
  void answersAreInTheOrderOfRequests() {
    try (RawClient client = proxy.connect()) {
      client.send("get a\r\nstats sizes\r\nget b\r\n");
      client.expect("END\r\nSTAT sizes_status disabled\r\nEND\r\nEND\r\n");
    }
  }

  private Map<String, String> ofProxy(String group) {
    try (RawClient client = proxy.connect()) {
      return MemcachedReaders.stats(client, group);
    }
  }

  private Map<String, String> ofServer(String group) {
    try (RawClient client = RawClient.connect(server.address())) {
      return MemcachedReaders.stats(client, group);
    }
  }

  /** Fields of memcached that the proxy does not have, and why. */
  private static Map<String, String> reasons() throws IOException {
    try (InputStream in = MemcachedStatsIT.class.getResourceAsStream("stats-left-out.tsv")) {
      Map<String, String> reasons = new LinkedHashMap<>();
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      for (String line : text.split("\n", -1)) {
        if (!line.isBlank()) {
          String[] columns = line.split("\t", -1);
          assertThat(columns).as(line).hasSize(2).doesNotContain("");
          for (String name : columns[0].split(" ", -1)) {
            reasons.put(name, columns[1]);
          }
        }
      }
      return reasons;
    }
  }
}
