package io.fairlead.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedOutputTest {
  @Test
  void nothingIsExpectedOfACommandWithoutOutput() {
    assertThat(expect("")).isTrue();
    assertThat(expect("STORED\n")).isFalse();
  }

  @Test
  void everyLineCounts() {
    assertThat(expect("a\nb\n", "a", "b")).isTrue();
    assertThat(expect("a\nb", "a", "b")).isTrue();
    assertThat(expect("a\r\nb\r\n", "a", "b")).isTrue();
    assertThat(expect("a\n", "a", "b")).isFalse();
    assertThat(expect("a\nb\nc\n", "a", "b")).isFalse();
    assertThat(expect("a.b\n", "axb")).isFalse();
  }

  @Test
  void dotsStandForAnything() {
    assertThat(expect("took 17 ms in all\n", "took … ms in all")).isTrue();
    assertThat(expect("took 17 s in all\n", "took … ms in all")).isFalse();
    assertThat(expect("a\nb\nc\nd\n", "a", "…", "d")).isTrue();
    assertThat(expect("a\nd\n", "a", "…", "d")).isTrue();
    assertThat(expect("a\nb\nc\n", "a", "…", "d")).isFalse();
  }

  @Test
  void whatVariesMayVary() {
    assertThat(
            expect(
                "time=2026-11-21T10:00:00.123Z pid=\"77\" msg=\"ready\"\n",
                "time=2025-01-02T03:04:05.678Z pid=\"1\" msg=\"ready\""))
        .isTrue();
  }

  private static boolean expect(String output, String... lines) {
    return new ExpectedOutput(List.of(lines)).matches(output);
  }
}
