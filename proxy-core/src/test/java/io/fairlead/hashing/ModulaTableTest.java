package io.fairlead.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModulaTableTest {
  @Test
  void dealsSlotsByWeightInOrderOfNames() {
    ModulaTable table =
        ModulaTable.over(
            List.of(new RingMember("aaa", 2), new RingMember("zz", 3), new RingMember("b", 1)),
            index -> true);

    assertThat(IntStream.range(0, 7).map(table::serverOf)).containsExactly(2, 1, 1, 1, 0, 0, 2);
  }

  @Test
  void takesHashesAsUnsigned() {
    ModulaTable table =
        ModulaTable.over(List.of(new RingMember("a", 1), new RingMember("b", 1)), index -> true);

    assertThat(table.serverOf(0xfffffffe)).isZero();
    assertThat(table.serverOf(0xffffffff)).isEqualTo(1);
  }

  @Test
  void holdsMoreSlotsThanThereAreHashes() {
    int huge = Integer.MAX_VALUE;
    ModulaTable table =
        ModulaTable.over(
            List.of(new RingMember("a", huge), new RingMember("b", huge), new RingMember("c", 9)),
            index -> true);

    assertThat(table.serverOf(huge - 1)).isZero();
    assertThat(table.serverOf(huge)).isEqualTo(1);
    assertThat(table.serverOf(-1)).isEqualTo(2);
  }
}
