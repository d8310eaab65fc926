package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.ResultCounter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
  private final Samples samples = new Samples();
  private final ProxyReadings readings = samples.readings();
  private @Nullable Reloading config;
  private final Metrics metrics = new Metrics(() -> readings, () -> config, "1.2.3");

  private Stream<String> lines() {
    return metrics.scrape(Metrics.PROMETHEUS).lines();
  }

  private static String scrapeOfNone() {
    return new Metrics(() -> ProxyReadings.NONE, () -> null, "1.2.3").scrape(Metrics.PROMETHEUS);
  }

  @Test
  void addsUpWhatBecameOfRequests() {
    assertThat(lines())
        .contains(
            "# TYPE fairlead_requests_total counter",
            "fairlead_requests_total{command=\"get\",pool=\"main\",result=\"hit\"} 12.0");
  }

  @Test
  void sortsTimesIntoBuckets() {
    assertThat(lines())
        .contains(
            "# TYPE fairlead_request_duration_seconds histogram",
            "fairlead_request_duration_seconds_bucket{command=\"get\",pool=\"main\",le=\"0.0025\"}"
                + " 0",
            "fairlead_request_duration_seconds_bucket{command=\"get\",pool=\"main\",le=\"0.005\"}"
                + " 2",
            "fairlead_request_duration_seconds_bucket{command=\"get\",pool=\"main\",le=\"+Inf\"} 2",
            "fairlead_request_duration_seconds_count{command=\"get\",pool=\"main\"} 2",
            "fairlead_request_duration_seconds_sum{command=\"get\",pool=\"main\"} 0.008",
            "fairlead_backend_request_duration_seconds_bucket"
                + "{backend=\"cache1\",pool=\"main\",le=\"0.001\"} 0",
            "fairlead_backend_request_duration_seconds_bucket"
                + "{backend=\"cache1\",pool=\"main\",le=\"0.005\"} 2");
  }

  @Test
  void tellsTheResultsOfAServerInFewWords() {
    assertThat(lines())
        .contains(
            "fairlead_backend_requests_total{backend=\"cache1\",pool=\"main\",result=\"hit\"} 22.0",
            "fairlead_backend_requests_total{backend=\"cache1\",pool=\"main\",result=\"ok\"} 6.0");
  }

  @Test
  void showsHowServersAre() {
    assertThat(lines())
        .contains(
            "fairlead_backend_up{backend=\"cache1\",pool=\"main\"} 1.0",
            "fairlead_backend_up{backend=\"cache2\",pool=\"main\"} 0.0",
            "fairlead_backend_state{backend=\"cache2\",pool=\"main\",state=\"ejected\"} 1.0",
            "fairlead_backend_outstanding_requests{backend=\"cache1\",pool=\"main\"} 6.0");
  }

  @Test
  void showsTheClientsOfAListener() {
    assertThat(lines())
        .contains(
            "fairlead_client_connections{listener=\"0.0.0.0:11211\"} 4.0",
            "fairlead_client_closed_total{listener=\"0.0.0.0:11211\",reason=\"idle\"} 1.0",
            "fairlead_client_rejected_total{listener=\"0.0.0.0:11211\",reason=\"memory\"} 0.0");
  }

  @Test
  void showsWhatIsKeptForTheClientsOfAListenerAndForBackends() {
    samples.listeners.get(0).add(ListenerCounter.BUFFERED_BYTES, 100);
    samples.listeners.get(1).add(ListenerCounter.BUFFERED_BYTES, 20);
    samples.loops.get(0).add(Counter.BUFFERED_BYTES, 123);
    samples.loops.get(1).add(Counter.SERVER_BUFFERED_BYTES, 3);

    assertThat(lines().filter(line -> line.startsWith("fairlead_buffered_bytes")))
        .containsExactlyInAnyOrder(
            "fairlead_buffered_bytes{listener=\"0.0.0.0:11211\"} 120.0",
            "fairlead_buffered_bytes{listener=\"backends\"} 3.0");
  }

  @ParameterizedTest
  @CsvSource({
    "FAILOVERS,         fairlead_failovers_total",
    "FAILOVERS_FAILED,  fairlead_failovers_failed_total",
    "SHADOW_COMPARED,   fairlead_shadow_compared_total",
    "SHADOW_MISMATCHES, fairlead_shadow_mismatches_total",
    "RETRIES,           fairlead_retries_total",
  })
  void showsWhatHappensInAPool(PoolEvent event, String name) {
    samples.pools.get(0).events().add(event, 2);
    samples.pools.get(1).events().add(event, 5);

    assertThat(lines().filter(line -> line.startsWith(name)))
        .containsExactly(name + "{pool=\"main\"} 7.0");
  }

  @Test
  void showsEachEventLoop() {
    samples.loops.get(1).add(Counter.BUSY_NANOS, 1_500_000_000);

    assertThat(lines())
        .contains(
            "fairlead_event_loop_lag_seconds{loop=\"0\"} 0.002",
            "fairlead_event_loop_busy_seconds_total{loop=\"1\"} 1.5",
            "fairlead_overload_state{loop=\"0\"} 0.0");
  }

  @Test
  void tellsEveryCounterOfTheLoopsInSomeWay() {
    List<String> before = ofProxy();
    for (Counter counter : Counter.values()) {
      samples.loops.get(0).add(counter, 3);
    }

    assertThat(lines().filter(line -> line.startsWith("fairlead_limit_")))
        .allMatch(line -> line.endsWith(" 3.0"))
        .isNotEmpty();
    assertThat(lines())
        .anyMatch(line -> line.equals("fairlead_buffered_bytes{listener=\"backends\"} 3.0"));
    assertThat(ofProxy()).hasSameSizeAs(before);
  }

  /** Without those of the JVM, which has more when its memory has been collected. */
  private List<String> ofProxy() {
    return lines().filter(line -> line.startsWith("fairlead_")).toList();
  }

  @Test
  void showsWhereKeysHaveTheirPlace() {
    assertThat(lines())
        .contains(
            "fairlead_ring_info{fingerprint=\"0123456789abcdef\",pool=\"main\"} 1",
            "fairlead_panic{pool=\"main\"} 1.0",
            "fairlead_build_info{version=\"1.2.3\"} 1");
  }

  @Test
  void showsWhatMemcachedsSayOfThemselves() {
    assertThat(lines())
        .contains(
            "fairlead_memcached_info{backend=\"cache1\",pool=\"main\",version=\"1.6.18\"} 1",
            "fairlead_memcached_curr_items{backend=\"cache1\",pool=\"main\"} 5.0");
    assertThat(lines())
        .noneMatch(line -> line.contains("memcached") && line.contains("backend=\"cache2\""));
  }

  @Test
  void showsTheSpoolOfDeletes() {
    assertThat(lines())
        .contains(
            "fairlead_spool_spooled_total 9.0",
            "# TYPE fairlead_spool_pending gauge",
            "fairlead_spool_pending 2.0");
  }

  @Test
  void showsNoSpoolWhereThereIsNone() {
    assertThat(scrapeOfNone()).doesNotContain("fairlead_spool_");
  }

  @Test
  void forgetsServersThatAreGone() {
    assertThat(lines()).anyMatch(line -> line.startsWith("fairlead_backend_up{backend=\"cache2\""));

    samples.servers = List.of(new ServerStatus("main", "cache1", "a:1", State.UP, 0, 0));

    assertThat(lines())
        .anyMatch(line -> line.startsWith("fairlead_backend_up{backend=\"cache1\""))
        .noneMatch(line -> line.startsWith("fairlead_backend_up{backend=\"cache2\""));
  }

  @Test
  void seesWhatWasCountedSince() {
    samples.pools.get(0).requests().count(CommandClass.GET, ResultCounter.FOUND, 1);
    samples.listeners.get(1).count(ListenerCounter.CLOSED_IDLE);

    assertThat(lines())
        .contains(
            "fairlead_requests_total{command=\"get\",pool=\"main\",result=\"hit\"} 13.0",
            "fairlead_client_closed_total{listener=\"0.0.0.0:11211\",reason=\"idle\"} 2.0");
  }

  @Test
  void addsUpServersOfOneName() {
    samples.pools.get(0).addServer("cache1").results().add(ResultCounter.FOUND, 5);

    assertThat(lines())
        .contains(
            "fairlead_backend_requests_total{backend=\"cache1\",pool=\"main\",result=\"hit\"}"
                + " 27.0");
  }

  @Test
  void showsTheConfigurationInUse() {
    ConfigStatus good = ConfigStatus.beginning("abc");
    config = new FixedConfig(good.refused(List.of("mistake")));

    assertThat(lines())
        .contains(
            "fairlead_config_info{hash=\"abc\"} 1",
            "fairlead_config_reloads_total{result=\"failure\"} 1.0",
            "fairlead_config_last_reload_successful 0.0");
  }

  @Test
  void showsTheProcessBeforeTheProxyRuns() {
    assertThat(scrapeOfNone())
        .contains("jvm_memory_used_bytes{area=\"heap\"", "process_uptime_seconds");
  }

  @Test
  void showsWhatBuffersTake() {
    assertThat(lines()).anyMatch(line -> line.startsWith("netty_allocator_memory_used"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/openmetrics-text;version=1.0.0,text/plain;q=0.5 | openmetrics
          text/plain;version=0.0.4                                    | text/plain
          */*                                                         | text/plain
          ''                                                          | text/plain
          """)
  void hasTheFormThatIsAskedFor(String accept, String form) {
    assertThat(Metrics.formFor(accept)).contains(form);
  }

  @Test
  void openMetricsHasItsEnd() {
    assertThat(metrics.scrape(Metrics.OPEN_METRICS))
        .contains("# TYPE fairlead_requests counter\n", "# TYPE fairlead_ring info\n")
        .endsWith("# EOF\n");
  }
}
