package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every pool that places keys as mcrouter does. */
class McrouterHashProperties {
  private static final int KEYS = 4000;

  @RegisterExtension final Seeded seeded = new Seeded();

  private final Random random = seeded.random();
  private final List<byte[]> keys =
      random.longs(KEYS).mapToObj(number -> ("key:" + number).getBytes(US_ASCII)).toList();

  @RepeatedTest(10)
  void aServerMoreAtTheEndTakesItsShareAndNoOtherKeyMoves() {
    int n = 1 + random.nextInt(300);
    Placement before = over(McrouterHash.CH3, n);
    Placement after = over(McrouterHash.CH3, n + 1);
    int moved = 0;

    for (byte[] key : keys) {
      int now = serverOf(after, key);
      assertThat(now).isIn(serverOf(before, key), n);
      moved += now == n ? 1 : 0;
    }

    assertThat(moved / (double) KEYS).isCloseTo(1.0 / (n + 1), within(0.05));
  }

  @RepeatedTest(10)
  void aSmallerWeightOnlyTakesKeysAway() {
    int n = 2 + random.nextInt(30);
    int lighter = random.nextInt(n);
    List<Double> weights = new ArrayList<>(weights(n));
    Placement before = McrouterHash.WEIGHTED_CH3.over("", tags(n), weights, index -> true);
    weights.set(lighter, weights.get(lighter) / 2);
    Placement after = McrouterHash.WEIGHTED_CH3.over("", tags(n), weights, index -> true);

    for (byte[] key : keys) {
      int old = serverOf(before, key);
      assertThat(old == lighter || serverOf(after, key) == old).isTrue();
    }
  }

  @RepeatedTest(10)
  void sharesFollowTheWeights() {
    List<Double> weights = List.of(1.0, 0.5, 0.25, 0.25);
    for (McrouterHash hash : List.of(McrouterHash.WEIGHTED_CH3, McrouterHash.WEIGHTED_RENDEZVOUS)) {
      Placement placement = hash.over("", tags(4), weights, index -> true);
      int[] counts = new int[4];
      keys.forEach(key -> counts[serverOf(placement, key)]++);
      for (int server = 0; server < 4; server++) {
        assertThat(counts[server] / (double) KEYS)
            .as("%s, server %d", hash, server)
            .isCloseTo(weights.get(server) / 2, within(0.06));
      }
    }
  }

  @RepeatedTest(10)
  void withoutAServerItsKeysGoToTheNextInOrderAndNoOtherKeyMoves() {
    int n = 2 + random.nextInt(30);
    int gone = random.nextInt(n);
    int[] order = new int[n];
    for (McrouterHash hash : List.of(McrouterHash.RENDEZVOUS, McrouterHash.WEIGHTED_RENDEZVOUS)) {
      List<Double> weights = weights(n);
      RendezvousPlacement all =
          (RendezvousPlacement) hash.over("", tags(n), weights, index -> true);
      Placement rest = hash.over("", tags(n), weights, index -> index != gone);
      for (byte[] key : keys.subList(0, 200)) {
        assertThat(all.order(all.hash(key, 0, key.length), order)).isEqualTo(n);
        assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
        assertThat(serverOf(all, key)).isEqualTo(order[0]);
        assertThat(serverOf(rest, key)).isEqualTo(order[0] == gone ? order[1] : order[0]);
      }
    }
  }

  @RepeatedTest(10)
  void aShortOrderIsTheBeginningOfTheLongOne() {
    int n = 1 + random.nextInt(30);
    int few = random.nextInt(n);
    int[] order = new int[n];
    int[] beginning = new int[few];
    RendezvousPlacement placement = (RendezvousPlacement) over(McrouterHash.WEIGHTED_RENDEZVOUS, n);

    for (byte[] key : keys.subList(0, 200)) {
      long hash = placement.hash(key, 0, key.length);
      placement.order(hash, order);
      assertThat(placement.order(hash, beginning)).isEqualTo(few);
      assertThat(Arrays.copyOf(order, few)).isEqualTo(beginning);
    }
  }

  @RepeatedTest(10)
  void theOrderOfTheListMovesNoKeyWhereTagsDecide() {
    int n = 2 + random.nextInt(30);
    List<String> shuffled = new ArrayList<>(tags(n));
    Collections.shuffle(shuffled, random);
    Placement placement = over(McrouterHash.RENDEZVOUS, n);
    Placement other = McrouterHash.RENDEZVOUS.over("", shuffled, weights(n), index -> true);

    for (byte[] key : keys) {
      assertThat(shuffled.get(serverOf(other, key)))
          .isEqualTo(tags(n).get(serverOf(placement, key)));
    }
  }

  @RepeatedTest(10)
  void aDrawWithANumberIsThePlacementWithThatSalt() {
    int n = 2 + random.nextInt(30);
    int salt = random.nextInt(100_000);
    List<Double> weights = weights(n);
    SaltedDraw plain = SaltedDraw.of(n);
    SaltedDraw weighted = SaltedDraw.weighted(weights);
    Placement ch3 = McrouterHash.CH3.over("" + salt, tags(n), weights, index -> true);
    Placement weightedCh3 =
        McrouterHash.WEIGHTED_CH3.over("" + salt, tags(n), weights, index -> true);

    for (byte[] key : keys.subList(0, 200)) {
      assertThat(plain.indexOf(key, 0, key.length, salt)).isEqualTo(serverOf(ch3, key));
      assertThat(weighted.indexOf(key, 0, key.length, salt)).isEqualTo(serverOf(weightedCh3, key));
    }
  }

  private Placement over(McrouterHash hash, int n) {
    return hash.over("", tags(n), weights(n), index -> true);
  }

  private static List<String> tags(int n) {
    return IntStream.range(0, n).mapToObj(i -> "mc-" + i).toList();
  }

  private List<Double> weights(int n) {
    return random.doubles(n, 0.1, 1).boxed().toList();
  }

  private static int serverOf(Placement placement, byte[] key) {
    return placement.serverOf(placement.hash(key, 0, key.length), key, 0, key.length);
  }
}
