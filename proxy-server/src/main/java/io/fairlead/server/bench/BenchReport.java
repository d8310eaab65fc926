package io.fairlead.server.bench;

import io.fairlead.server.bench.BenchResult.Percentiles;
import io.fairlead.server.report.Json;
import io.fairlead.server.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes results: a table of one column for each address, or an object on a line for each. */
public final class BenchReport {
  private BenchReport() {}

  private record Row(String name, boolean isTime, ToDoubleFunction<BenchResult> value) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("requests/s", false, BenchResult::rate),
          new Row("gets", false, BenchResult::gets),
          new Row("sets", false, BenchResult::sets),
          new Row("hits", false, BenchResult::hits),
          new Row("misses", false, BenchResult::misses),
          new Row("errors", false, BenchResult::errors),
          new Row("not sent", false, BenchResult::unsent),
          new Row("p50 ms", true, result -> result.latency().p50()),
          new Row("p90 ms", true, result -> result.latency().p90()),
          new Row("p99 ms", true, result -> result.latency().p99()),
          new Row("p99.9 ms", true, result -> result.latency().p999()),
          new Row("max ms", true, result -> result.latency().longest()));

  /** A table; the results of two addresses come with their ratio, the first to the second. */
  public static String text(List<BenchResult> results) {
    boolean isComparison = results.size() == 2;
    List<String> heading = new ArrayList<>(List.of(""));
    results.forEach(result -> heading.add(">" + result.target()));
    if (isComparison) {
      heading.add(">ratio");
    }
    Table table = new Table(heading);
    for (Row row : ROWS) {
      List<String> cells = new ArrayList<>(List.of(row.name()));
      results.forEach(result -> cells.add(cell(row, result)));
      if (isComparison) {
        cells.add(ratio(row, results.get(0), results.get(1)));
      }
      table.add(cells);
    }
    return table.text("");
  }

  private static String cell(Row row, BenchResult result) {
    double value = row.value().applyAsDouble(result);
    return row.isTime()
        ? String.format(Locale.ROOT, "%.3f", value / 1e6)
        : String.format(Locale.ROOT, "%.0f", value);
  }

  private static String ratio(Row row, BenchResult first, BenchResult second) {
    double divisor = row.value().applyAsDouble(second);
    return divisor == 0
        ? "-"
        : String.format(Locale.ROOT, "%.2f", row.value().applyAsDouble(first) / divisor);
  }

  /** What is to be known beside the numbers, in sentences. */
  public static List<String> remarks(List<BenchResult> results) {
    List<String> remarks = new ArrayList<>();
    if (results.get(0).asked() == 0) {
      remarks.add(
          "As many requests as were answered: their times begin when they were sent, so that they"
              + " say little about a load that does not wait.");
    }
    for (BenchResult result : results) {
      if (result.isSaturated()) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "%s: %.0f requests/s were due and %.0f/s were answered: more than it takes, so"
                    + " that times grow for as long as this lasts.",
                result.target(),
                result.asked(),
                result.rate()));
      }
      result.problems().forEach(problem -> remarks.add(result.target() + ": error: " + problem));
    }
    return remarks;
  }

  /** One object on a line for each address; times are in microseconds. */
  public static String json(List<BenchResult> results) {
    StringBuilder text = new StringBuilder();
    results.forEach(result -> text.append(Json.write(members(result))).append('\n'));
    return text.toString();
  }

  private static Map<String, Object> members(BenchResult result) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("target", result.target());
    members.put("rate_asked", rounded(result.asked()));
    members.put("rate", rounded(result.rate()));
    members.put("seconds", result.seconds());
    members.put("requests", result.requests());
    members.put("gets", result.gets());
    members.put("sets", result.sets());
    members.put("hits", result.hits());
    members.put("misses", result.misses());
    members.put("errors", result.errors());
    members.put("not_sent", result.unsent());
    members.put("latency", times(result.latency()));
    members.put("problems", result.problems());
    return members;
  }

  private static Map<String, Object> times(Percentiles latency) {
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("p50_us", micros(latency.p50()));
    times.put("p90_us", micros(latency.p90()));
    times.put("p99_us", micros(latency.p99()));
    times.put("p999_us", micros(latency.p999()));
    times.put("max_us", micros(latency.longest()));
    return times;
  }

  private static double micros(long nanos) {
    return Math.round(nanos / 100.0) / 10.0;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
