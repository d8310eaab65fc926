package io.fairlead.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfNumbersTest {
  private static final int DRAWS = 400_000;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.99, 1, 1.5})
  void drawsEachNumberAsOftenAsTheLawSays(double exponent) {
    int keys = 50;
    int[] drawn = drawn(keys, exponent);

    double all = 0;
    for (int rank = 1; rank <= keys; rank++) {
      all += Math.pow(rank, -exponent);
    }
    for (int rank = 1; rank <= keys; rank++) {
      double expected = Math.pow(rank, -exponent) / all;
      assertThat((double) drawn[rank - 1] / DRAWS)
          .as("rank " + rank)
          .isCloseTo(expected, within(0.004));
    }
  }

  @Test
  void hasOneNumberOnlyWhereThereIsOneKey() {
    assertThat(drawn(1, 0.99)).containsExactly(DRAWS);
  }

  @Test
  void isTheSameForTheSameSeed() {
    ZipfNumbers first = new ZipfNumbers(1000, 0.99, 5);
    ZipfNumbers again = new ZipfNumbers(1000, 0.99, 5);

    for (int i = 0; i < 100; i++) {
      assertThat(again.next()).isEqualTo(first.next());
    }
  }

  private static int[] drawn(int keys, double exponent) {
    ZipfNumbers numbers = new ZipfNumbers(keys, exponent, 7);
    int[] drawn = new int[keys];
    for (int i = 0; i < DRAWS; i++) {
      drawn[numbers.next()]++;
    }
    return drawn;
  }
}
