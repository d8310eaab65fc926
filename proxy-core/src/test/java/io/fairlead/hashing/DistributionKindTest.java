package io.fairlead.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DistributionKindTest {
  private static final List<RingMember> ONE = List.of(new RingMember("a", 1));
  private static final List<RingMember> THREE =
      List.of(new RingMember("aaa", 1), new RingMember("b", 2), new RingMember("cc", 3));

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNameInConfigurations(DistributionKind kind) {
    assertThat(DistributionKind.named(kind.configName())).contains(kind);
  }

  @Test
  void unknownNamesAreFoundNowhere() {
    assertThat(DistributionKind.named("Ketama")).isEmpty();
    assertThat(DistributionKind.named("rendezvous")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void oneConfiguredServerNeedsNoHash(DistributionKind kind) {
    Distribution distribution = kind.over(ONE, index -> true);

    assertThat(distribution.usesHash()).isFalse();
    assertThat(distribution.serverOf(0)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void oneConfiguredServerThatIsNotLiveTakesNoKeys(DistributionKind kind) {
    assertThat(kind.over(ONE, index -> false).serverOf(0)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void theLastLiveServerTakesAllKeys(DistributionKind kind) {
    Distribution distribution = kind.over(THREE, index -> index == 1);

    for (int hash : new int[] {0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      assertThat(distribution.serverOf(hash)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutLiveServersNoneTakesKeys(DistributionKind kind) {
    assertThat(kind.over(THREE, index -> false).serverOf(1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void withoutServersNoneTakesKeys(DistributionKind kind) {
    assertThat(kind.over(List.of(), index -> true).serverOf(1)).isEqualTo(-1);
  }

  @Test
  void refusesWeightsBelowOne() {
    assertThatThrownBy(() -> new RingMember("a", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight: 0 (expected: at least 1)");
  }
}
