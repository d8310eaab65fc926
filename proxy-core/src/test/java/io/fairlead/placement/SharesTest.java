package io.fairlead.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.placement.Shares.Excess;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
  @ParameterizedTest
  @EnumSource(KeyShape.class)
  void addUpToAllKeys(KeyShape shape) {
    Shares shares = Shares.measure(Pools.placement("servers: [a, b, c]"));

    double sum = IntStream.range(0, 3).mapToDouble(i -> shares.measured(shape, i)).sum();

    assertThat(sum).isBetween(0.999_999, 1.000_001);
  }

  @ParameterizedTest
  @EnumSource(KeyShape.class)
  void ofCrc32OnAKetamaRingOneServerHasAll(KeyShape shape) {
    Shares shares = Shares.measure(Pools.placement("servers: [a, b, c], hash: crc32"));

    Excess largest = shares.largest(shape);

    assertThat(largest.share()).isEqualTo(1);
    assertThat(largest.times()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"murmur", "jenkins", "md5", "one_at_a_time", "hsieh", "crc32a"})
  void ofAGoodHashFollowTheWeights(String hash) {
    Shares shares =
        Shares.measure(Pools.placement("servers: [a, { address: b, weight: 3 }], hash: " + hash));

    assertThat(shares.expected(1)).isEqualTo(0.75);
    for (KeyShape shape : KeyShape.values()) {
      assertThat(shares.measured(shape, 1)).as(shape.label()).isBetween(0.68, 0.82);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weighted_ch3, weights: [0.25, 0.75, 0]",
        "weighted_rendezvous, weights: [0.25, 0.75, 0]"
      })
  void followTheWeightsOfMcrouter(String distribution) {
    Shares shares =
        Shares.measure(Pools.placement("servers: [a, b, c], distribution: " + distribution));

    assertThat(shares.expected(1)).isEqualTo(0.75);
    for (KeyShape shape : KeyShape.values()) {
      assertThat(shares.measured(shape, 1)).as(shape.label()).isBetween(0.72, 0.78);
      assertThat(shares.measured(shape, 2)).as(shape.label()).isZero();
      assertThat(shares.largest(shape).times()).as(shape.label()).isLessThan(1.1);
    }
  }

  @Test
  void areEqualWhereAllWeightsAreZero() {
    Shares shares =
        Shares.measure(
            Pools.placement("servers: [a, b], distribution: weighted_ch3, weights: [0, 0]"));

    assertThat(shares.expected(0)).isEqualTo(0.5);
    assertThat(shares.measured(KeyShape.UUIDS, 0)).isBetween(0.47, 0.53);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ch3", "crc32", "const_shard", "rendezvous"})
  void areEqualWithoutWeights(String distribution) {
    Shares shares =
        Shares.measure(Pools.placement("servers: [a, b, c, d], distribution: " + distribution));

    for (KeyShape shape : KeyShape.values()) {
      assertThat(shares.largest(shape).times()).as(shape.label()).isBetween(1.0, 1.1);
    }
  }

  /** What the factor of the warning rests on. */
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 30, 100})
  void ofAGoodHashStayBelowTheFactor(int servers) {
    String names =
        IntStream.range(0, servers).mapToObj(i -> "cache-" + i).collect(Collectors.joining(", "));

    Shares shares = Shares.measure(Pools.placement("servers: [" + names + "], hash: murmur"));

    for (KeyShape shape : KeyShape.values()) {
      assertThat(shares.largest(shape).times()).as(shape.label()).isLessThan(Shares.MOST_EXCESS);
    }
  }

  @Test
  void countMoreKeysForVeryManyServers() {
    String names =
        IntStream.range(0, 100).mapToObj(i -> "cache-" + i).collect(Collectors.joining(", "));

    assertThat(Shares.measure(Pools.placement("servers: [a, b]")).keys()).isEqualTo(10_000);
    assertThat(Shares.measure(Pools.placement("servers: [" + names + "]")).keys())
        .isEqualTo(20_000);
  }
}
