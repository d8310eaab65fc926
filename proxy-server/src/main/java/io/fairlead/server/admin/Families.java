package io.fairlead.server.admin;

import io.fairlead.metrics.LatencySnapshot;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The metrics of one scrape, each with its rows. A metric without a row is left out; rows with the
 * same labels, as of two servers of one name, are added up.
 */
final class Families {
  private static final String PREFIX = "fairlead_";
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<MetricSnapshot> all = new ArrayList<>();

  /** The rows of a counter or a gauge. */
  static final class Rows {
    private final Map<Labels, Double> values = new LinkedHashMap<>();

    /**
     * Adds one.
     *
     * @param labels names and values, in turn
     */
    void add(double value, String... labels) {
      values.merge(Labels.of(labels), value, Double::sum);
    }

    /** The same for a number of things; one beyond 2^53 is shown without its last digits. */
    void add(long count, String... labels) {
      add((double) count, labels);
    }

    /** Adds what was counted, unless that is nothing. */
    void addCounted(long value, String... labels) {
      if (value != 0) {
        add((double) value, labels);
      }
    }
  }

  /** The rows of a histogram. */
  static final class Times {
    private final Map<Labels, LatencySnapshot> values = new LinkedHashMap<>();

    /** Adds one, unless nothing was noted in it. */
    void add(LatencySnapshot times, String... labels) {
      if (times.count() > 0) {
        values.merge(Labels.of(labels), times, LatencySnapshot::plus);
      }
    }
  }

  /** What only goes up; the name is without {@code _total}. */
  void counter(String name, String help, Consumer<Rows> content) {
    Rows rows = new Rows();
    content.accept(rows);
    add(
        rows.values,
        new CounterSnapshot(
            metadata(name, help),
            rows.values.entrySet().stream()
                .map(row -> new CounterDataPointSnapshot(row.getValue(), row.getKey(), null, 0))
                .toList()));
  }

  /** What goes up and down. */
  void gauge(String name, String help, Consumer<Rows> content) {
    Rows rows = new Rows();
    content.accept(rows);
    add(
        rows.values,
        new GaugeSnapshot(
            metadata(name, help),
            rows.values.entrySet().stream()
                .map(row -> new GaugeDataPointSnapshot(row.getValue(), row.getKey(), null))
                .toList()));
  }

  /** Labels whose value is always 1; the name is without {@code _info}. */
  void info(String name, String help, Consumer<Rows> content) {
    Rows rows = new Rows();
    content.accept(rows);
    add(
        rows.values,
        new InfoSnapshot(
            metadata(name, help),
            rows.values.keySet().stream().map(InfoDataPointSnapshot::new).toList()));
  }

  /** How long things took. */
  void histogram(String name, String help, List<Duration> bounds, Consumer<Times> content) {
    Times times = new Times();
    content.accept(times);
    add(
        times.values,
        new HistogramSnapshot(
            metadata(name, help),
            times.values.entrySet().stream()
                .map(row -> point(bounds, row.getValue(), row.getKey()))
                .toList()));
  }

  private static HistogramDataPointSnapshot point(
      List<Duration> bounds, LatencySnapshot times, Labels labels) {
    double[] upper = new double[bounds.size() + 1];
    long[] counts = new long[bounds.size() + 1];
    long below = 0;
    for (int i = 0; i < bounds.size(); i++) {
      upper[i] = bounds.get(i).toNanos() / NANOS;
      long upTo = times.countUpTo(bounds.get(i));
      counts[i] = upTo - below;
      below = upTo;
    }
    upper[bounds.size()] = Double.POSITIVE_INFINITY;
    counts[bounds.size()] = times.count() - below;
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(upper, counts))
        .sum(times.sumNanos() / NANOS)
        .labels(labels)
        .build();
  }

  private static MetricMetadata metadata(String name, String help) {
    return new MetricMetadata(PREFIX + name, help);
  }

  private void add(Map<Labels, ?> rows, MetricSnapshot family) {
    if (!rows.isEmpty()) {
      all.add(family);
    }
  }

  /** All that was added. */
  MetricSnapshots snapshots() {
    return new MetricSnapshots(all);
  }
}
