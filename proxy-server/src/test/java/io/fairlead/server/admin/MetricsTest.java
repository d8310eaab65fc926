package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.metrics.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Samples samples = new Samples();
  private final Metrics metrics = new Metrics(samples.readings());

  @Test
  void showsTheCountersOfEachLoop() {
    assertThat(metrics.scrape().lines())
        .contains(
            "# HELP fairlead_cmd_get_total " + Counter.CMD_GET.description(),
            "# TYPE fairlead_cmd_get_total counter",
            "fairlead_cmd_get_total{loop=\"0\"} 7.0",
            "fairlead_cmd_get_total{loop=\"1\"} 5.0");
  }

  @Test
  void showsWhatGoesUpAndDownAsGauge() {
    assertThat(metrics.scrape().lines())
        .contains("# TYPE fairlead_clients gauge", "fairlead_clients{loop=\"0\"} 4.0");
  }

  @Test
  void showsEveryCounter() {
    String scrape = metrics.scrape();

    for (Counter counter : Counter.values()) {
      String name = "fairlead_" + counter.statName() + (counter.isGauge() ? "" : "_total");
      assertThat(scrape).contains("\n" + name + "{loop=\"0\"}");
    }
  }

  @Test
  void joinsWhatTheLoopsKnowOfAServer() {
    assertThat(metrics.scrape().lines())
        .contains(
            "fairlead_server_up{pool=\"main\",server=\"cache1\"} 1.0",
            "fairlead_server_up{pool=\"main\",server=\"cache2\"} 0.5",
            "fairlead_server_failures_in_a_row{pool=\"main\",server=\"cache2\"} 3.0",
            "fairlead_server_in_flight{pool=\"main\",server=\"cache1\"} 5.0");
  }

  @Test
  void addsUpWhatTheLoopsCountOfAPoolAndItsServers() {
    assertThat(metrics.scrape().lines())
        .contains(
            "fairlead_pool_client_eof_total{pool=\"main\"} 6.0",
            "# TYPE fairlead_pool_client_connections gauge",
            "fairlead_pool_client_connections{pool=\"main\"} 4.0",
            "fairlead_pool_server_requests_total{pool=\"main\",server=\"cache1\"} 40.0",
            "fairlead_pool_server_eof_total{pool=\"main\",server=\"cache2\"} 0.0");
  }

  @Test
  void showsTheSpoolOfDeletes() {
    assertThat(metrics.scrape().lines())
        .contains(
            "fairlead_spool_spooled_total 9.0",
            "# TYPE fairlead_spool_pending gauge",
            "fairlead_spool_pending 2.0");
  }

  @Test
  void showsNoSpoolWhereThereIsNone() {
    assertThat(new Metrics(ProxyReadings.NONE).scrape()).doesNotContain("fairlead_spool_");
  }

  @Test
  void forgetsServersThatAreGone() {
    assertThat(metrics.scrape()).contains("cache2");

    samples.servers = List.of(new ServerStatus("main", "cache1", "a:1", State.UP, 0, 0));

    assertThat(metrics.scrape())
        .contains("server_up{pool=\"main\",server=\"cache1\"")
        .doesNotContain("server_up{pool=\"main\",server=\"cache2\"");
  }

  @Test
  void seesWhatWasCountedSince() {
    samples.loops.get(0).count(Counter.CMD_GET);

    assertThat(metrics.scrape()).contains("fairlead_cmd_get_total{loop=\"0\"} 8.0");
  }

  @Test
  void showsMemoryBeforeTheProxyRuns() {
    assertThat(new Metrics(ProxyReadings.NONE).scrape())
        .contains("jvm_memory_used_bytes{area=\"heap\"");
  }
}
