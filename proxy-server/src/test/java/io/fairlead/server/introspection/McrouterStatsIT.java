package io.fairlead.server.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics under mcrouter's names, in front of real servers. */
@ExtendWith(LeakCheck.class)
class McrouterStatsIT {
  private final Servers servers = new Servers(2);
  private IntrospectedProxy proxy;

  @BeforeEach
  void start() {
    proxy =
        IntrospectedProxy.of(
            """
            listeners: [{address: '127.0.0.1:0', introspection: mcrouter}]
            admin: false
            threads: {loops: 2}
            pools:
              A:
                distribution: ch3
                servers: ['%s', '%s']
                timeout: 1s
                eject: {failures: 2, time: 60s}
            """
                .formatted(host(0), host(1)));
  }

  @AfterEach
  void stop() {
    proxy.close();
    servers.close();
  }

  private String host(int server) {
    return "127.0.0.1:" + servers.ports().get(server);
  }

  private Map<String, String> stats(String group) {
    return ExporterModel.stats(proxy.client(), group);
  }

  private Map<String, Double> server(int server) {
    Map<String, Map<String, Double>> all = ExporterModel.servers(proxy.client());
    return all.getOrDefault(host(server) + ":ascii:plain:notcompressed-1000", Map.of());
  }

  private static double number(Map<String, String> stats, String name) {
    return Double.parseDouble(stats.getOrDefault(name, "NaN"));
  }

  private static double numberOf(Map<String, Double> server, String name) {
    return server.getOrDefault(name, Double.NaN);
  }

  private void ask(String request, String reply) {
    proxy.client().send(request).expect(reply);
  }

  @Test
  void theExporterFindsEveryNumberThatItReads() {
    Map<String, String> all = stats("all");

    for (String name : ExporterModel.numbers()) {
      assertThat(number(all, name)).as(name).isGreaterThanOrEqualTo(0);
    }
    assertThat(all)
        .containsEntry("version", "fairlead-1")
        .containsEntry("commandargs", "-p 5000  -f x")
        .containsKeys("pid", "parent_pid", "time", "uptime", "config_age", "num_suspect_servers")
        .containsKeys("destination_pending_reqs", "destination_inflight_reqs")
        .containsKeys("failover_all", "rate_limited_log_count", "client_queue_notifications");
    assertThat(number(all, "ps_rss")).isPositive();
    assertThat(number(all, "num_servers")).isEqualTo(4); // two, on each of two event loops
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "all", "detailed", "cmd-error", "ods", "count", "external", "servers"})
  void everyGroupHasLinesWithValues(String group) {
    assertThat(stats(group)).isNotEmpty();
  }

  @Test
  void totalsAreInTheirGroup() {
    assertThat(stats("count").keySet())
        .contains("cmd_get_count", "request_sent_count", "result_error_count")
        .allMatch(name -> name.endsWith("_count"));
    assertThat(stats("cmd-error").keySet()).allMatch(name -> name.startsWith("result_"));
  }

  @Test
  void commandsAreCountedByKindAndByKey() {
    ask("set k 0 0 1\r\n5\r\n", "STORED\r\n");
    ask("add k 0 0 1\r\n5\r\n", "NOT_STORED\r\n");
    ask("append k 0 0 1\r\n5\r\n", "STORED\r\n");
    ask("get k a b\r\n", "VALUE k 0 2\r\n55\r\nEND\r\n");
    ask("get k\r\n", "VALUE k 0 2\r\n55\r\nEND\r\n");
    ask("gets nothing\r\n", "END\r\n");
    ask("incr k 1\r\n", "56\r\n");
    ask("touch k 9\r\n", "TOUCHED\r\n");
    ask("mg k\r\n", "HD\r\n");
    ask("delete k\r\n", "DELETED\r\n");
    ask("delete k\r\n", "NOT_FOUND\r\n");

    Map<String, String> count = stats("count");
    assertThat(number(count, "cmd_set_count")).isEqualTo(1);
    assertThat(number(count, "cmd_add_count")).isEqualTo(1);
    assertThat(number(count, "cmd_append_count")).isEqualTo(1);
    assertThat(number(count, "cmd_get_count")).isEqualTo(5);
    assertThat(number(count, "cmd_gets_count")).isEqualTo(1);
    assertThat(number(count, "cmd_incr_count")).isEqualTo(1);
    assertThat(number(count, "cmd_touch_count")).isEqualTo(1);
    assertThat(number(count, "cmd_delete_count")).isEqualTo(2);
    assertThat(number(count, "cmd_get_out_count")).isEqualTo(5);
    assertThat(number(count, "cmd_delete_out_all_count")).isEqualTo(2);
    assertThat(number(count, "request_replied_count")).isEqualTo(13);
    assertThat(number(count, "request_sent_count")).isEqualTo(13);
    assertThat(number(count, "request_error_count")).isZero();
    assertThat(number(stats("all"), "cmd_get")).isPositive();

    Map<String, Double> sum = new TreeMap<>(server(0));
    server(1).forEach((name, value) -> sum.merge(name, value, Double::sum));
    assertThat(sum)
        .containsEntry("found", 3.0)
        .containsEntry("notfound", 4.0)
        .containsEntry("stored", 3.0)
        .containsEntry("notstored", 1.0)
        .containsEntry("deleted", 1.0)
        .containsEntry("touched", 1.0);
  }

  @Test
  void serversAreInTheirForm() {
    for (int i = 0; i < 50; i++) {
      ask("get key" + i + "\r\n", "END\r\n");
    }
    Await.until("both are up", () -> number(stats("all"), "num_servers_up") == 4);

    String reply = proxy.client().send("stats servers\r\n").readThrough("END\r\n");

    assertThat(reply)
        .matches(
            "(STAT 127\\.0\\.0\\.1:[0-9]+:ascii:plain:notcompressed-1000"
                + " avg_latency_us:[0-9]+\\.[0-9]{3} pending_reqs:0 inflight_reqs:0"
                + " avg_retrans_ratio:0 max_retrans_ratio:0 min_retrans_ratio:0"
                + " up:2; notfound:[0-9]+\r\n){2}END\r\n");
    assertThat(server(0).get("avg_latency_us")).isPositive();
    assertThat(numberOf(server(0), "notfound") + numberOf(server(1), "notfound")).isEqualTo(50);
  }

  @Test
  void aKilledServerIsSuspectAndDown() {
    servers.kill(0);
    RawClient client = proxy.client();
    Await.until(
        "it is ejected",
        () -> {
          for (int i = 0; i < 20; i++) {
            client.send("get key" + i + "\r\n").readLine();
          }
          return server(0).getOrDefault("down", 0.0) > 0;
        });

    String reply = proxy.client().send("stats servers\r\n").readThrough("END\r\n");
    assertThat(reply).contains(host(0)).contains(" hard_tko; ");
    assertThat(stats("suspect_servers").get(host(0))).matches("status:tko num_failures:[0-9]+");
    assertThat(number(stats("all"), "num_suspect_servers")).isEqualTo(1);
    assertThat(number(stats("count"), "result_error_all_count")).isPositive();
    assertThat(server(0).keySet()).containsAnyOf("connect_error", "remote_error", "tko");
  }

  @Test
  void filesOfStatisticsAreWritten(@TempDir Path folder) throws IOException {
    Path root = folder.resolve("new");
    proxy.introspection.writeFiles(root, Duration.ofMillis(20), proxy.proxy);
    Path stats = root.resolve("libmcrouter.mcrouter.5000.stats");
    ask("get k\r\n", "END\r\n");

    Await.until("the get is counted", () -> read(stats).contains("cmd_get_count\": 1"));

    assertThat(read(stats))
        .startsWith("{\n")
        .contains("  \"libmcrouter.mcrouter.5000.version\": \"fairlead-1\",\n")
        .contains("  \"libmcrouter.mcrouter.5000.num_servers\": 4,\n");
    assertThat(root.resolve("libmcrouter.mcrouter.5000.startup_options"))
        .hasContent("{\n  \"num_proxies\": \"1\",\n  \"ports\": \"5000\"\n}\n");
    assertThat(root.resolve("libmcrouter.mcrouter.5000.config_sources_info")).isRegularFile();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aFolderThatCannotBeWrittenDisturbsNothing(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    proxy.introspection.writeFiles(file, Duration.ofMillis(5), proxy.proxy);

    ask("get k\r\n", "END\r\n");
    assertThat(file).isEmptyFile();
  }
}
