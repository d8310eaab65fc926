package io.fairlead.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessSampleTest {
  @Test
  void readsTicksBehindANameWithBlanksAndParentheses() {
    String stat = "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 1 2 3 4 150 25 0 0 20 0 1 0 99";

    assertThat(ProcessSample.ticks(stat)).isEqualTo(175);
  }

  @Test
  void countsNeitherIdleNorStolenTimeAsBusy() {
    assertThat(ProcessSample.busyTicks("cpu  1 20 300 4000 50000 600000 7000000 80000000 9 0"))
        .isEqualTo(7_600_321);
  }

  @Test
  void findsAFieldOrNone() {
    String status = "Name:\tx\nVmRSS:\t   1234 kB\nvoluntary_ctxt_switches:\t56\n";

    assertThat(ProcessSample.field(status, "\nVmRSS:")).isEqualTo(1234);
    assertThat(ProcessSample.field(status, "\nvoluntary_ctxt_switches:")).isEqualTo(56);
    assertThat(ProcessSample.field(status, "\nVmSwap:")).isZero();
  }

  @Test
  void prefersTheExactTime() {
    ProcessSample earlier = new ProcessSample(1_000_000_000, 990_000_000, 0, 0);
    ProcessSample later = new ProcessSample(1_123_456_789, 1_110_000_000, 0, 0);

    assertThat(later.cpuNanosSince(earlier)).isEqualTo(123_456_789);
  }

  @Test
  void fallsBackToTicksWhenAThreadHasEndedOrTheExactTimeIsUnknown() {
    ProcessSample earlier = new ProcessSample(1_000_000_000, 1_000_000_000, 0, 0);
    ProcessSample threadEnded = new ProcessSample(900_000_000, 1_200_000_000, 0, 0);
    ProcessSample unknown = new ProcessSample(0, 1_010_000_000, 0, 0);

    assertThat(threadEnded.cpuNanosSince(earlier)).isEqualTo(200_000_000);
    assertThat(unknown.cpuNanosSince(new ProcessSample(0, 1_000_000_000, 0, 0)))
        .isEqualTo(10_000_000);
  }

  @Test
  void samplesThisProcess() throws IOException {
    ProcessSample sample = ProcessSample.of(List.of(ProcessHandle.current().pid()));

    assertThat(sample.schedulerNanos()).isPositive();
    assertThat(sample.residentKib()).isGreaterThan(1000);
    assertThat(sample.voluntarySwitches()).isPositive();
  }
}
