package io.fairlead.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KetamaRingTest {
  private static final KetamaRing TWO =
      KetamaRing.over(
          List.of(new RingMember("127.0.0.1", 1), new RingMember("127.0.0.1:11212", 1)),
          index -> true);

  @ParameterizedTest
  @CsvSource({
    "0,   15946801,   1",
    "1,   16590639,   0",
    "2,   24051458,   1",
    "3,   32225788,   1",
    "318, 4289954118, 1",
    "319, 4292932786, 0"
  })
  void hasThePointsOfTheRealRing(int index, long point, int owner) {
    assertThat(TWO.size()).isEqualTo(320);
    assertThat(Integer.toUnsignedLong(TWO.pointAt(index))).isEqualTo(point);
    assertThat(TWO.ownerAt(index)).isEqualTo(owner);
  }

  @ParameterizedTest
  @CsvSource({
    "0,          1",
    "15946800,   1",
    "15946801,   1",
    "15946802,   0",
    "16590639,   0",
    "16590640,   1",
    "4289954118, 1",
    "4289954119, 0",
    "4292932786, 0",
    "4292932787, 1",
    "4294967295, 1"
  })
  void aHashBelongsToTheNextPointAroundTheEnd(long hash, int owner) {
    assertThat(TWO.serverOf((int) hash)).isEqualTo(owner);
  }

  @Test
  void roundsTheNumberOfPointsInSinglePrecision() {
    assertThat(IntStream.rangeClosed(1, 130).filter(n -> KetamaRing.pointCount(1, n, n) != 160))
        .containsExactly(25, 47, 50, 55, 61, 71, 94, 100, 107, 109, 110, 115, 122)
        .allSatisfy(n -> assertThat(KetamaRing.pointCount(1, n, n)).isEqualTo(156));
  }

  @ParameterizedTest
  @CsvSource({
    "1,      6,      3, 80",
    "2,      6,      3, 160",
    "3,      6,      3, 240",
    "150,    1000,   2, 48",
    "850,    1000,   2, 272",
    "100000, 100001, 2, 316",
    "1,      100001, 2, 0"
  })
  void weightsAreRelative(int weight, long weights, int servers, int points) {
    assertThat(KetamaRing.pointCount(weight, weights, servers)).isEqualTo(points);
  }

  @Test
  void tellsPointsAndShareOfEachServer() {
    KetamaRing ring =
        KetamaRing.over(
            List.of(new RingMember("a", 1), new RingMember("b", 3), new RingMember("c", 1)),
            index -> index != 2);

    assertThat(ring.pointsOf(0)).isEqualTo(80);
    assertThat(ring.pointsOf(1)).isEqualTo(240);
    assertThat(ring.pointsOf(2)).isZero();
    assertThat(ring.shareOf(0)).isCloseTo(0.25, within(0.1));
    assertThat(ring.shareOf(0) + ring.shareOf(1)).isEqualTo(1.0);
    assertThat(ring.shareOf(2)).isZero();
  }

  @Test
  void digestsNoMoreOfANameThanTwemproxyDoes() {
    RingMember longest = new RingMember("x".repeat(272), 1);
    RingMember other = new RingMember("y", 1);

    KetamaRing ring = KetamaRing.over(List.of(longest, other), index -> true);

    // With the running number cut off, the 40 digests of the long name are one.
    assertThat(IntStream.range(0, ring.size()).filter(i -> ring.ownerAt(i) == 0).map(ring::pointAt))
        .hasSize(160)
        .satisfies(points -> assertThat(points.stream().distinct()).hasSize(4));
  }
}
