package io.fairlead.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.bench.BenchResult.Percentiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private static final BenchResult PROXIED = result("proxy:5000", 990, 2, 200_000);
  private static final BenchResult DIRECT = result("cache:11211", 1000, 0, 100_000);

  @Test
  void comparesTwoAddressesByTheirRatio() {
    assertThat(BenchReport.text(List.of(PROXIED, DIRECT)).lines())
        .startsWith(
            "            proxy:5000  cache:11211  ratio",
            "requests/s         990         1000   0.99")
        .contains(
            "errors               2            0      -",
            "p50 ms           0.200        0.100   2.00",
            "max ms           0.600        0.300   2.00");
  }

  @Test
  void showsOneAddressWithoutRatio() {
    assertThat(BenchReport.text(List.of(DIRECT)))
        .startsWith("            cache:11211\n")
        .contains("p99.9 ms          0.250\n")
        .doesNotContain("ratio");
  }

  @Test
  void saysThatMoreWasDueThanTheServerTakes() {
    BenchResult slow = result("cache:11211", 400, 0, 100_000);

    assertThat(BenchReport.remarks(List.of(slow))).singleElement().asString().contains("400/s");
    assertThat(BenchReport.remarks(List.of(DIRECT))).isEmpty();
    assertThat(BenchReport.remarks(List.of(PROXIED))).containsExactly("proxy:5000: error: ERROR");
  }

  @Test
  void saysThatTimesBeginWithSendingWhereNothingIsDue() {
    BenchResult closed =
        new BenchResult("a", 0, 9, 1, 9, 0, 9, 0, 0, 0, List.of(), new Percentiles(1, 1, 1, 1, 1));

    assertThat(BenchReport.remarks(List.of(closed)))
        .singleElement()
        .asString()
        .contains("when they were sent");
  }

  @Test
  void writesAnObjectForEachAddress() {
    assertThat(BenchReport.json(List.of(PROXIED, DIRECT)).lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"target\":\"proxy:5000\",\"rate_asked\":1000.0,\"rate\":990.0,")
        .contains("\"latency\":{\"p50_us\":200.0,")
        .endsWith("\"problems\":[\"ERROR\"]}");
  }

  private static BenchResult result(String target, double rate, long errors, long p50) {
    return new BenchResult(
        target,
        1000,
        rate,
        10,
        9000,
        1000,
        9000,
        0,
        errors,
        0,
        errors > 0 ? List.of("ERROR") : List.of(),
        new Percentiles(p50, 3 * p50 / 2, 2 * p50, 5 * p50 / 2, 3 * p50));
  }
}
