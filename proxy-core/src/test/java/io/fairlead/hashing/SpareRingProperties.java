package io.fairlead.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of all rings without one server says what each of these rings says. */
class SpareRingProperties {
  @RegisterExtension final Seeded seeded = new Seeded();

  @RepeatedTest(10)
  void agreesWithTheRingWithoutTheServer() {
    Random random = seeded.random();
    int[] weights =
        random.ints(2 + random.nextInt(20), 1, random.nextBoolean() ? 4 : 1_000_000).toArray();

    requireAgreement(weights);
  }

  /** 26 servers leave 25, each of which then has 156 points instead of 160. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 25, 26, 48})
  void agreesForEqualWeights(int servers) {
    requireAgreement(IntStream.generate(() -> 1).limit(servers).toArray());
  }

  /** Without the largest, the others have points at last. */
  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void agreesWhereServersHaveNoPoints(int largest) {
    requireAgreement(1, largest, 2, 1);
  }

  private void requireAgreement(int... weights) {
    List<RingMember> members =
        IntStream.range(0, weights.length)
            .mapToObj(i -> new RingMember("10.0.0." + i, weights[i]))
            .toList();
    SpareRing spare = SpareRing.over(members);

    for (int ejected = 0; ejected < weights.length; ejected++) {
      int away = ejected;
      KetamaRing ring = KetamaRing.over(members, index -> index != away);
      for (int hash : hashes(ring)) {
        assertThat(spare.serverOf(hash, ejected))
            .as("%d without %d", hash, ejected)
            .isEqualTo(ring.serverOf(hash));
      }
    }
  }

  /** Each point of the ring with its neighbours, and some in between. */
  private int[] hashes(KetamaRing ring) {
    IntStream points =
        IntStream.range(0, ring.size())
            .map(ring::pointAt)
            .flatMap(p -> IntStream.of(p - 1, p, p + 1));
    return IntStream.concat(points, seeded.random().ints(500)).toArray();
  }
}
