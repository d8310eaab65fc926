package io.fairlead.benchmarks.report;

import static io.fairlead.benchmarks.report.Samples.slice;
import static io.fairlead.benchmarks.report.Samples.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {
  private static final Bar CPU = Bar.parse("A closed cpu atmost 0.85 0.05");

  @Test
  void readsABar() {
    assertThat(Bar.parse("D  closed  backend-cpu  atleast 1.40  0.20"))
        .isEqualTo(
            new Bar(Scenario.D, Pacing.CLOSED, Figure.BACKEND_CPU, Bar.Bound.ATLEAST, 1.4, 0.2));
  }

  @Test
  void readsTheBarsOfThisModule() throws IOException {
    assertThat(Bar.read(Path.of("bars.txt")))
        .hasSize(15)
        .contains(Bar.parse("A closed cpu atmost 0.75 0.05"));
    assertThat(Bar.read(Path.of("tls-bars.txt")))
        .containsExactly(Bar.parse("A closed cpu atmost 2.00 0.10"));
  }

  @Test
  void namesTheLineThatIsNotUnderstood(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("bars"), "# fine\n\nA closed cpu 0.85\n");

    assertThatThrownBy(() -> Bar.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bars:3: A closed cpu 0.85 (expected: scenario");
  }

  @Test
  void aBarIsMissedOnlyBeyondItsNoise() {
    assertThat(CPU.isMetBy(0.89)).isTrue();
    assertThat(CPU.isMetBy(0.91)).isFalse();
    assertThat(CPU.isMetBy(Double.NaN)).isFalse();
    Bar throughput = Bar.parse("D closed throughput atleast 1.4 0.2");
    assertThat(throughput.isMetBy(1.21)).isTrue();
    assertThat(throughput.isMetBy(1.19)).isFalse();
  }

  @Test
  void passesWhenEveryMeasuredBarIsMet() {
    Bar other = Bar.parse("G closed cpu atmost 1.00 0.10");

    Verdict verdict = judge(8.4, List.of(CPU, other));

    assertThat(verdict.isPassed()).isTrue();
    assertThat(verdict.text())
        .contains("A closed cpu <= 0.85 (noise 0.05): 0.84 [0.84..0.84] met")
        .contains("G closed cpu <= 1.00 (noise 0.10): - not measured");
  }

  @Test
  void failsWhenOneIsMissed() {
    Verdict verdict = judge(9.5, List.of(CPU));

    assertThat(verdict.isPassed()).isFalse();
    assertThat(verdict.text()).contains("MISSED");
  }

  @Test
  void failsWhenNothingWasJudged() {
    Verdict verdict = judge(5, List.of(Bar.parse("G closed cpu atmost 1.00 0.10")));

    assertThat(verdict.isPassed()).isFalse();
    assertThat(verdict.text()).contains("no bar was judged");
  }

  @Test
  void failsWhenThereIsNothingToCompareWith() {
    Slices slices = slices(slice("fairlead", 0, 0, 10));

    Verdict verdict = Verdict.of(List.of(CPU), slices, "fairlead", "fairlead");

    assertThat(verdict.isPassed()).isFalse();
    assertThat(verdict.text()).contains("fairlead is itself the reference");
  }

  private static Verdict judge(double cpuMicros, List<Bar> bars) {
    Slices slices = slices(slice("nutcracker", 0, 0, 10), slice("fairlead", 0, 0, cpuMicros));
    return Verdict.of(bars, slices, "fairlead", "nutcracker");
  }
}
