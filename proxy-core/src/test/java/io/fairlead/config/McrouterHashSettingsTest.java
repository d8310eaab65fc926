package io.fairlead.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McrouterHashSettingsTest {
  private static final List<RingMember> THREE =
      List.of(new RingMember("a", 1), new RingMember("b", 1), new RingMember("c", 1));

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAWeightThatMcrouterRefuses(double weight) {
    assertThatThrownBy(() -> weighted(List.of(1.0, weight)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight must be in range [0, 1.0]");
  }

  @Test
  void aMissingWeightIsAHalfAndOneTooManyIsIgnored() {
    assertThat(places(weighted(List.of(1.0)))).isEqualTo(places(weighted(List.of(1.0, 0.5, 0.5))));
    assertThat(places(weighted(List.of(1.0, 0.2, 0.3, 1.0))))
        .isEqualTo(places(weighted(List.of(1.0, 0.2, 0.3))));
  }

  @Test
  void aServerWithoutTagHasItsName() {
    assertThat(places(tagged(List.of()))).isEqualTo(places(tagged(List.of("a", "b", "c"))));
    assertThat(places(tagged(List.of("x")))).isEqualTo(places(tagged(List.of("x", "b", "c"))));
    assertThat(places(tagged(List.of("x")))).isNotEqualTo(places(tagged(List.of())));
  }

  @Test
  void aPoolEjectsWithoutMovingKeysUnlessTagsDecide() {
    PoolSettings pool =
        PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of())
            .placement(McrouterHashSettings.of(McrouterHash.CH3))
            .build();

    assertThat(pool.eject().then()).isEqualTo(EjectSettings.WhileEjected.ERROR);
    assertThat(EjectSettings.defaultFor(tagged(List.of()), PoolSettings.Mode.SHARDED))
        .isEqualTo(EjectSettings.DEFAULT);
  }

  private static McrouterHashSettings weighted(List<Double> weights) {
    return new McrouterHashSettings(McrouterHash.WEIGHTED_CH3, "", weights, List.of());
  }

  private static McrouterHashSettings tagged(List<String> tags) {
    return new McrouterHashSettings(McrouterHash.RENDEZVOUS, "", List.of(), tags);
  }

  private static int[] places(PlacementSettings settings) {
    Placement placement = settings.over(THREE, index -> true);
    return IntStream.range(0, 500)
        .map(
            number -> {
              byte[] key = ("k" + number).getBytes(US_ASCII);
              return placement.serverOf(placement.hash(key, 0, key.length), key, 0, key.length);
            })
        .toArray();
  }
}
