package io.fairlead.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparklineTest {
  private static final Sparkline BARS = Sparkline.in(Map.of("LANG", "C.UTF-8"));

  @Test
  void drawsTheHighestLargestAndNothingWhereNothingIsKnown() {
    double[] values = {0, 1, 2, 3, 4, 5, 6, 7, Double.NaN, 3.5};

    assertThat(BARS.of(values)).isEqualTo("▁▂▃▄▅▆▇█ ▅");
    assertThat(Sparkline.in(Map.of()).of(values)).isEqualTo("_.-:=+*# =");
  }

  @Test
  void drawsNothingButTheBaseWhereNothingHappens() {
    assertThat(BARS.of(new double[] {0, 0})).isEqualTo("▁▁");
    assertThat(BARS.of(new double[] {Double.NaN})).isEqualTo(" ");
    assertThat(BARS.of(new double[0])).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', en_US.UTF-8, true",
    "'', '', de_DE.utf8, true",
    "'', C, en_US.UTF-8, false",
    "C.UTF-8, C, C, true",
    "POSIX, C.UTF-8, C.UTF-8, false",
    "'', '', '', false",
  })
  void drawsBarsWhereTheLocaleKnowsThem(String all, String type, String lang, boolean expected) {
    Sparkline line = Sparkline.in(Map.of("LC_ALL", all, "LC_CTYPE", type, "LANG", lang));

    assertThat(line.of(new double[] {1}).equals("█")).isEqualTo(expected);
  }

  private static History history(int count) {
    History history = new History();
    DoubleStream.iterate(0, i -> i + 1).limit(count).forEach(history::add);
    return history;
  }

  @Test
  void historyBeginsEmpty() {
    assertThat(new History().cells(10)).isEmpty();
  }

  @Test
  void historyIsOldestFirst() {
    assertThat(history(3).cells(400)).containsExactly(0, 1, 2);
    assertThat(history(400).cells(400)).hasSize(300).startsWith(100).endsWith(399);
  }

  @Test
  void cellsAreMeansOfWhatIsKnown() {
    History history = history(3);
    history.add(Double.NaN);
    history.add(6);
    history.add(Double.NaN);

    assertThat(history.cells(150)).containsExactly(0.5, 2, 6);
    history.add(Double.NaN);
    assertThat(history.cells(150)).containsExactly(0.5, 2, 6, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 25, 100, 299, 300, 301})
  void thereAreNeverMoreCellsThanThereIsRoom(int most) {
    for (int count = 0; count < 1000; count++) {
      assertThat(history(count).cells(most)).hasSizeLessThanOrEqualTo(most);
    }
  }

  @Test
  void whatIsInACellStaysTogetherAsTimeGoesOn() {
    double[] before = history(601).cells(30);
    double[] after = history(605).cells(30);

    assertThat(after).hasSize(30).startsWith(java.util.Arrays.copyOf(before, 29));
  }
}
