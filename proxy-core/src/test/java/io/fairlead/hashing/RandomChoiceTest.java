package io.fairlead.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomChoiceTest {
  @Test
  void choosesEachServerEquallyOften() {
    RandomChoice choice = new RandomChoice(new int[] {4, 0, 2}, new Random(1)::nextInt);
    int[] chosen = new int[5];

    for (int i = 0; i < 30_000; i++) {
      chosen[choice.serverOf(7)]++;
    }

    assertThat(chosen[1] + chosen[3]).isZero();
    assertThat(List.of(chosen[0], chosen[2], chosen[4]))
        .allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
  }

  @Test
  void choosesLiveServersWhateverTheirWeights() {
    RandomChoice choice =
        RandomChoice.over(
            List.of(new RingMember("a", 1), new RingMember("b", 1), new RingMember("c", 9_999)),
            index -> index != 1);
    int[] chosen = new int[3];

    for (int i = 0; i < 10_000; i++) {
      chosen[choice.serverOf(7)]++;
    }

    assertThat(chosen[0]).isBetween(4_000, 6_000);
    assertThat(chosen[1]).isZero();
  }
}
