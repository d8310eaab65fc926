package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopScaleTest {
  private static final LoopRule RULE = new LoopRule(Duration.ofSeconds(1), 0.75, 3, 0.4, 4);

  /** A look is how busy each loop is, in percent; the number of loops is what comes of each. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a full loop gets company after three looks | 80 80 80          | 1 1 2
          just below is not full                     | 74 74 74 74 74    | 1 1 1 1 1
          a burst is over before                     | 99 99 10 99 99 10 | 1 1 1 1 1 1
          looks count anew after a change            | 99 99 99 99/90 99/90 99/90 | 1 1 2 2 2 3
          one full loop of two moves clients instead | 99 99 99 99/10 99/10 99/10 99/10 | 1 1 2 2 2 2 2
          as many as there may be                    | 99 99 99 99/99 99/99 99/99 99/99/99 99/99/99 99/99/99 99/99/99 | 1 1 2 2 2 3 3 3 3 3
          one fewer after four looks with little     | 80 80 80 20/20 20/20 20/20 20/20 0 0 0 0 0 | 1 1 2 2 2 2 1 1 1 1 1 1
          too much for one loop by far               | 80 80 80 21/20 21/20 21/20 21/20 21/20 | 1 1 2 2 2 2 2 2
          a moment of work starts the count again    | 80 80 80 9/9 9/9 9/9 50/9 9/9 9/9 9/9 9/9 | 1 1 2 2 2 2 2 2 2 2 1
          what has been full goes on with its load   | 75 75 75 40/35 40/35 40/35 40/35 40/35 | 1 1 2 2 2 2 2 2
          """)
  void looksOfSomeTimeDecide(String what, String looks, String loops) {
    LoopScale scale = new LoopScale(1, 3, RULE);

    String decided =
        Arrays.stream(looks.split(" "))
            .map(look -> String.valueOf(scale.next(shares(look))))
            .collect(Collectors.joining(" "));

    assertThat(decided).isEqualTo(loops);
  }

  @Test
  void theUsualRuleAddsAfterSecondsAndTakesAwayAfterMinutes() {
    LoopScale scale = new LoopScale(1, 2, LoopRule.USUAL);
    assertThat(looksUntil(2, scale, 0.8)).isEqualTo(5);
    assertThat(looksUntil(1, scale, 0.1, 0.1)).isEqualTo(300);
  }

  private static int looksUntil(int loops, LoopScale scale, double... busy) {
    int looks = 1;
    while (scale.next(busy) != loops) {
      looks++;
    }
    return looks;
  }

  private static double[] shares(String look) {
    return Arrays.stream(look.split("/"))
        .mapToDouble(each -> Integer.parseInt(each) / 100.0)
        .toArray();
  }
}
