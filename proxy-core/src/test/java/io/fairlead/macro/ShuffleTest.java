package io.fairlead.macro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders are those of a program compiled with g++ 12. */
class ShuffleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 0 | []
          0 | 1 | [0]
          0 | 2 | [1,0]
          0 | 3 | [2,0,1]
          0 | 4 | [2,3,1,0]
          0 | 5 | [3,4,1,2,0]
          0 | 8 | [5,7,1,4,0,2,6,3]
          0 | 9 | [3,8,1,5,6,2,0,7,4]
          0 | 20 | [5,11,19,4,16,14,12,9,17,13,1,7,6,3,18,15,0,8,2,10]
          42 | 0 | []
          42 | 1 | [0]
          42 | 2 | [1,0]
          42 | 3 | [2,0,1]
          42 | 4 | [1,2,3,0]
          42 | 5 | [2,4,3,1,0]
          42 | 8 | [1,7,3,6,2,4,0,5]
          42 | 9 | [2,5,3,7,0,8,1,6,4]
          42 | 20 | [16,7,13,6,18,8,19,11,12,4,14,15,17,3,10,5,1,9,2,0]
          4294967295 | 0 | []
          4294967295 | 1 | [0]
          4294967295 | 2 | [1,0]
          4294967295 | 3 | [2,0,1]
          4294967295 | 4 | [2,3,1,0]
          4294967295 | 5 | [3,4,1,2,0]
          4294967295 | 8 | [5,7,1,4,0,2,6,3]
          4294967295 | 9 | [3,8,1,5,6,2,0,7,4]
          4294967295 | 20 | [5,11,19,4,16,14,12,9,17,13,1,7,6,3,18,15,0,8,2,10]
          2147483647 | 5 | [3,4,1,2,0]
          1 | 5 | [3,4,1,2,0]
          4294967338 | 8 | [1,7,3,6,2,4,0,5]
          """)
  void givesTheOrderOfTheStandardLibrary(long seed, int size, String expected) {
    List<Integer> items = numbers(size);

    Shuffle.seeded(seed).apply(items);

    assertThat(items.toString().replace(" ", "")).isEqualTo(expected);
  }

  @Test
  void givesTheOrderOfManyElements() {
    List<Integer> items = numbers(50_000);

    Shuffle.seeded(7).apply(items);

    assertThat(items.stream().mapToLong(i -> i).reduce(0, (hash, i) -> hash * 31 + i))
        .isEqualTo(3138382626761383912L);
  }

  @Test
  void keepsAllElementsWithoutASeed() {
    List<Integer> items = numbers(100);

    Shuffle.unpredictable().apply(items);

    assertThat(items).containsExactlyInAnyOrderElementsOf(numbers(100)).isNotEqualTo(numbers(100));
  }

  private static List<Integer> numbers(int size) {
    return new ArrayList<>(IntStream.range(0, size).boxed().toList());
  }
}
