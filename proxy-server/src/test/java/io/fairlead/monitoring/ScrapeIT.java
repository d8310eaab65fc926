package io.fairlead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.monitoring.Scrape.Sample;
import io.fairlead.testkit.InProcessMemcached;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a scrape costs, and that no request can make it cost more. */
class ScrapeIT {
  private static final int BACKENDS = 100;
  private static final int MOST_BYTES = 200_000;
  private static final long MOST_MILLIS = 20;
  private static final int MOST_SERIES = 40;

  @Test
  void ofAHundredBackendsIsSmallAndQuick() throws IOException {
    List<InProcessMemcached> backends = new ArrayList<>();
    try {
      for (int i = 0; i < BACKENDS; i++) {
        backends.add(InProcessMemcached.start());
      }
      try (MonitoredProxy proxy = MonitoredProxy.start(yaml(backends))) {
        ask(proxy, 2000);
        measure(proxy);
      }
    } finally {
      backends.forEach(InProcessMemcached::close);
    }
  }

  private static String yaml(List<InProcessMemcached> backends) {
    return backends.stream()
        .map(each -> "\"127.0.0.1:" + each.port() + "\"")
        .collect(
            Collectors.joining(
                ", ", "listeners: [{address: 127.0.0.1:0}]\npools: {main: {servers: [", "]}}\n"));
  }

  private static void ask(MonitoredProxy proxy, int keys) {
    try (RawClient client = proxy.client()) {
      for (int i = 0; i < keys; i++) {
        client.send("set k" + i + " 0 0 1\r\nv\r\n").expect("STORED\r\n");
        client.send("get k" + i + "\r\nget no" + i + "\r\ndelete k" + i + "\r\n");
        client.expect("VALUE k" + i + " 0 1\r\nv\r\nEND\r\nEND\r\nDELETED\r\n");
      }
    }
  }

  private static void measure(MonitoredProxy proxy) {
    long best = Long.MAX_VALUE;
    String text = "";
    for (int i = 0; i < 40; i++) {
      long start = System.nanoTime();
      text = proxy.text("text/plain");
      best = Math.min(best, System.nanoTime() - start);
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    double millis = best / (double) TimeUnit.MILLISECONDS.toNanos(1);
    Map<String, Long> series = seriesByBackend(Scrape.of(text));
    System.out.printf(
        Locale.ROOT,
        "%-36s %d bytes (limit %d), %.1f ms (limit %d), %d series each%n",
        "SCRAPE OF 100 BACKENDS",
        bytes,
        MOST_BYTES,
        millis,
        MOST_MILLIS,
        series.values().stream().max(Long::compare).orElseThrow());

    assertThat(series).hasSize(BACKENDS);
    assertThat(series.values()).allMatch(count -> count <= MOST_SERIES);
    assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    assertThat(millis).isLessThanOrEqualTo(MOST_MILLIS);
  }

  private static Map<String, Long> seriesByBackend(Scrape scrape) {
    return scrape.samples().stream()
        .filter(sample -> sample.labels().containsKey("backend"))
        .collect(Collectors.groupingBy(s -> s.labels().get("backend"), Collectors.counting()));
  }

  @Test
  void keysAreNoLabels() throws IOException {
    try (MemcachedServer memcached = Memcached.start();
        MonitoredProxy proxy =
            MonitoredProxy.start(
                "listeners: [{address: 127.0.0.1:0}]\npools: {main: {servers: [\"127.0.0.1:"
                    + memcached.port()
                    + "\"]}}\n")) {
      ask(proxy, 5);
      Set<String> before = labelValues(proxy.scrape());

      ask(proxy, 1000);

      Set<String> after = labelValues(proxy.scrape());
      assertThat(after).isEqualTo(before);
      assertThat(IntStream.range(0, 1000).mapToObj(i -> "k" + i)).noneMatch(after::contains);
    }
  }

  /** What the JVM names its memory and threads aside. */
  private static Set<String> labelValues(Scrape scrape) {
    Set<String> values = new HashSet<>();
    scrape.samples().stream()
        .filter(sample -> sample.name().startsWith("fairlead_"))
        .map(Sample::labels)
        .forEach(labels -> values.addAll(labels.values()));
    return values;
  }
}
