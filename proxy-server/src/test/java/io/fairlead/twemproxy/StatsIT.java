package io.fairlead.twemproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadOptions.Foreign;
import io.fairlead.config.ProxySettings;
import io.fairlead.faults.Await;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.admin.AdminServer;
import io.fairlead.server.admin.ProxyReadings;
import io.fairlead.server.admin.TwemproxyStats;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.NutcrackerProcess;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statistics of a real nutcracker and ours, after the same traffic. */
class StatsIT {
  /** In the order in which both print them. */
  static final List<String> POOLS = List.of("dead", "live", "hangs", "closes");

  private static final int LIVE_SERVERS = 4;
  private static final Address.Tcp ANY_PORT = new Address.Tcp("127.0.0.1", 0);
  private static final Map<String, StatsDifference> DIFFERENCES = StatsDifference.all();

  private static final List<AutoCloseable> open = new ArrayList<>();
  private static StatsReading theirs;
  private static StatsReading ours;
  private static StatsReading theirsBefore;
  private static StatsReading oursBefore;
  private static AdminServer admin;
  private static int statsPort;

  @BeforeAll
  static void sendTheSameToBoth() throws IOException {
    // Given
    List<MemcachedServer> memcacheds = Memcached.startAll(2);
    open.addAll(memcacheds);
    ScriptedBackend dead = opened(ScriptedBackend.running(Script.silent()));
    dead.refuse();
    ScriptedBackend silent = opened(ScriptedBackend.running(Script.silent()));
    ScriptedBackend closing =
        opened(ScriptedBackend.running(Script.closingAfter(0, request -> "")));
    Map<String, List<Integer>> ports = new LinkedHashMap<>();
    ports.put("live", memcacheds.stream().map(MemcachedServer::port).toList());
    ports.put("dead", List.of(dead.port()));
    ports.put("closes", List.of(closing.port()));
    ports.put("hangs", List.of(silent.port()));

    NutcrackerProcess nutcracker =
        opened(NutcrackerProcess.start(nutcrackerYaml(ports), "-i", "50"));
    LoadOptions options = new LoadOptions(new LoadOptions.Admin(ANY_PORT), Foreign.DEFAULT);
    ProxySettings settings =
        ConfigLoader.read(nutcrackerYaml(ports), "nutcracker.yml", options).settings();
    TwemproxyStats port = opened(TwemproxyStats.start(ANY_PORT, "1.0.0", 4));
    Proxy proxy = opened(Proxy.start(settings));
    ProxyReadings readings = ProxyReadings.of(proxy);
    port.onReady(readings);
    admin = opened(AdminServer.start(ANY_PORT, "1.0.0"));
    admin.onServing(readings);
    admin.onReady();
    statsPort = port.address().getPort();
    List<String> pools = List.copyOf(ports.keySet());
    theirsBefore = settled(nutcracker.statsPort());
    oursBefore = settled(statsPort);

    // When
    StatsTraffic.send(pool -> nutcracker.ports().get(pools.indexOf(pool)));
    theirs = awaited(nutcracker.statsPort(), theirsBefore);
    StatsTraffic.send(
        pool -> ((InetSocketAddress) proxy.addresses().get(pools.indexOf(pool))).getPort());
    ours = awaited(statsPort, oursBefore);
  }

  private static <T extends AutoCloseable> T opened(T closeable) {
    open.add(0, closeable);
    return closeable;
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private static String nutcrackerYaml(Map<String, List<Integer>> pools) {
    StringBuilder yaml = new StringBuilder();
    pools.forEach(
        (pool, ports) -> {
          yaml.append(pool).append(":\n  listen: 127.0.0.1:");
          yaml.append(FreePorts.next()).append("\n  timeout: 400\n");
          yaml.append("  preconnect: true\n  servers:\n");
          for (int i = 0; i < ports.size(); i++) {
            yaml.append("   - 127.0.0.1:" + ports.get(i) + ":1 s" + i + "\n");
          }
        });
    return yaml.toString();
  }

  /** When those clients that only looked whether the ports are open have been counted out. */
  private static StatsReading settled(int port) {
    StatsReading[] last = new StatsReading[1];
    Await.until(
        "everything that was connected at the start is counted",
        () -> {
          last[0] = StatsReading.of(port);
          long clients = sum(last[0], "client_eof");
          // Of the dead server's connections, nutcracker has tried one; how many we have is not
          // known.
          long servers = sum(last[0], "server_connections") + sum(last[0], "server_err");
          return servers > LIVE_SERVERS
              && last[0].number("total_connections") == POOLS.size() + clients + servers;
        });
    return last[0];
  }

  private static Map<String, Object> withoutTime(StatsReading reading) {
    Map<String, Object> leaves = reading.leaves();
    leaves.keySet().removeAll(Set.of("uptime", "timestamp"));
    return leaves;
  }

  private static long sum(StatsReading reading, String counter) {
    return reading.leaves().entrySet().stream()
        .filter(leaf -> leaf.getKey().endsWith("/" + counter))
        .mapToLong(leaf -> ((Number) leaf.getValue()).longValue())
        .sum();
  }

  /** What the traffic did last has been counted, and so has everything before. */
  private static StatsReading awaited(int port, StatsReading before) {
    StatsReading[] last = new StatsReading[1];
    Await.until(
        "the last clients are counted",
        () -> {
          last[0] = StatsReading.of(port);
          return POOLS.stream()
              .map(pool -> pool + "/client_eof")
              .allMatch(
                  path ->
                      last[0].number(path) - before.number(path)
                          >= StatsTraffic.ENDED + (path.startsWith("live") ? 4 : 1));
        });
    return last[0];
  }

  @Test
  void theDocumentHasTheFormOfTheirs() {
    assertThat(ours.shape()).isEqualTo(theirs.shape());
  }

  @Test
  void poolsComeInTheirOrder() {
    assertThat(ours.json().keySet()).containsExactlyElementsOf(theirs.json().keySet());
    assertThat(ours.json().keySet()).endsWith(POOLS.toArray(String[]::new));
  }

  @Test
  void theHeadNamesThisMachineAndTheTime() {
    assertThat(ours.json().get("service")).isEqualTo("nutcracker");
    assertThat(ours.json().get("source")).isEqualTo(theirs.json().get("source"));
    assertThat(ours.json().get("version")).isEqualTo("1.0.0");
    assertThat(ours.number("uptime")).isBetween(0L, 600L);
    assertThat(ours.number("timestamp") - theirs.number("timestamp")).isBetween(0L, 60L);
  }

  @Test
  void theNumbersAreTheirsExceptWhereTheTableSaysWhy() {
    List<String> wrong = new ArrayList<>();
    for (String path : ours.paths()) {
      if (path.contains("/")) {
        String their = Long.toString(since(theirsBefore, theirs, path));
        String our = Long.toString(since(oursBefore, ours, path));
        StatsDifference meant = DIFFERENCES.get(path);
        if (meant == null ? !their.equals(our) : !meant.covers(their, our)) {
          wrong.add(path + ": nutcracker " + their + ", here " + our + ", meant: " + meant);
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(ours.paths()).containsAll(DIFFERENCES.keySet());
  }

  private static long since(StatsReading before, StatsReading after, String path) {
    boolean gauge = path.endsWith("_connections") || path.matches(".*/(in|out)_queue(_bytes)?");
    return after.number(path) - (gauge ? 0 : before.number(path));
  }

  @Test
  void somethingWasCountedThatCouldHaveDiffered() {
    long requests =
        ours.leaves().entrySet().stream()
            .filter(leaf -> leaf.getKey().startsWith("live/s"))
            .filter(leaf -> leaf.getKey().endsWith("/requests"))
            .mapToLong(leaf -> ((Number) leaf.getValue()).longValue())
            .sum();

    assertThat(requests).isGreaterThan(30);
    assertThat(ours.number("live/client_err")).isEqualTo(1);
    assertThat(ours.number("closes/forward_error")).isEqualTo(1);
  }

  @Test
  void theAdminPortShowsTheSameNumbers() {
    StatsReading[] shown = new StatsReading[1];
    String[] page = new String[1];
    Await.until(
        "nothing was counted while two pages were read",
        () -> {
          shown[0] = StatsReading.of(statsPort);
          page[0] = HttpGet.body(admin.address(), "/stats");
          return withoutTime(StatsReading.of(statsPort)).equals(withoutTime(shown[0]));
        });

    Map<String, Object> onPage = PoolsPage.leaves(page[0]);
    withoutTime(shown[0])
        .forEach(
            (path, value) -> {
              if (path.contains("/") && !path.endsWith("/fragments")) { // which is never counted
                assertThat(onPage).containsEntry(path, value);
              }
            });
  }
}
