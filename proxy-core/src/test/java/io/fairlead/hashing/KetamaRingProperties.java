package io.fairlead.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** What holds for every ring. Repeat a failure with {@code -Dring.seed=} and the printed seed. */
class KetamaRingProperties {
  /** Up to this many servers of equal weight have 160 points each. */
  private static final int MOST_SERVERS_OF_160 = 24;

  private final long seed = Long.getLong("ring.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @RegisterExtension
  final TestExecutionExceptionHandler tellsSeed =
      (context, failure) -> {
        throw new AssertionError("-Dring.seed=" + seed, failure);
      };

  @RepeatedTest(10)
  void agreesWithALinearSearch() {
    KetamaRing ring = ring(randomServers(1 + random.nextInt(40), 5));
    int[] hashes = IntStream.concat(edges(ring), random.ints(2_000)).toArray();

    for (int hash : hashes) {
      assertThat(ring.serverOf(hash)).as("hash %d", hash).isEqualTo(linearSearch(ring, hash));
    }
  }

  @RepeatedTest(10)
  void namesThePointThatAHashBelongsTo() {
    KetamaRing ring = ring(randomServers(1 + random.nextInt(40), 5));

    for (int hash : IntStream.concat(edges(ring), random.ints(2_000)).toArray()) {
      int point = ring.indexOf(hash);
      assertThat(ring.ownerAt(point)).as("hash %d", hash).isEqualTo(ring.serverOf(hash));
      assertThat(Integer.compareUnsigned(ring.pointAt(point), hash) >= 0 || point == 0).isTrue();
    }
  }

  @RepeatedTest(10)
  void wrapsAroundToTheLowestPoint() {
    KetamaRing ring = ring(randomServers(1 + random.nextInt(40), 5));
    int last = ring.pointAt(ring.size() - 1);

    assertThat(ring.serverOf(last)).isEqualTo(ring.ownerAt(ring.size() - 1));
    assertThat(ring.serverOf(last + 1)).isEqualTo(ring.ownerAt(0));
    assertThat(ring.serverOf(-1)).isEqualTo(ring.ownerAt(0));
    assertThat(ring.serverOf(0)).isEqualTo(ring.ownerAt(0));
  }

  /*
   * The part that moves to server n + 1 is a random number around 1/(n + 1). Two points above it are
   * many standard deviations for large n, but fewer than one for n = 1; there, six are allowed.
   */
  @RepeatedTest(10)
  void aServerThatComesTakesItsShareAndNoOtherKeyMoves() {
    int n = 1 + random.nextInt(MOST_SERVERS_OF_160 - 1);
    List<RingMember> servers = randomServers(n + 1, 1);
    KetamaRing before = KetamaRing.over(servers, index -> index < n);
    KetamaRing after = ring(servers);
    double fair = 1.0 / (n + 1);
    double deviation = Math.sqrt(fair * (1 - fair) / (160 * (n + 1) + 1));

    for (int hash : IntStream.concat(edges(after), random.ints(2_000)).toArray()) {
      assertThat(after.serverOf(hash)).as("hash %d", hash).isIn(before.serverOf(hash), n);
    }
    assertThat(after.shareOf(n)).isLessThan(fair + Math.max(0.02, 6 * deviation));
  }

  @RepeatedTest(10)
  void aServerOfALargePoolMovesAtMostItsShareAndTwoPoints() {
    int n = 30 + random.nextInt(10);
    List<RingMember> servers = randomServers(n + 1, 1);
    KetamaRing before = KetamaRing.over(servers, index -> index < n);
    KetamaRing after = ring(servers);
    int keys = 20_000;

    long moved =
        random.ints(keys).filter(hash -> before.serverOf(hash) != after.serverOf(hash)).count();

    assertThat(moved / (double) keys).isLessThan(1.0 / (n + 1) + 0.02);
  }

  @RepeatedTest(10)
  void theOrderOfTheConfigurationMovesNoKey() {
    List<RingMember> servers = randomServers(2 + random.nextInt(20), 5);
    List<RingMember> shuffled = new ArrayList<>(servers);
    Collections.shuffle(shuffled, random);
    KetamaRing ring = ring(servers);
    KetamaRing other = ring(shuffled);

    for (int hash : random.ints(1_000).toArray()) {
      assertThat(shuffled.get(other.serverOf(hash))).isEqualTo(servers.get(ring.serverOf(hash)));
    }
  }

  @RepeatedTest(10)
  void sharesAddUpToOne() {
    int n = 1 + random.nextInt(40);
    KetamaRing ring = ring(randomServers(n, 5));

    assertThat(IntStream.range(0, n).mapToDouble(ring::shareOf).sum())
        .isBetween(1 - 1e-9, 1 + 1e-9);
    assertThat(IntStream.range(0, n).map(ring::pointsOf).sum()).isEqualTo(ring.size());
  }

  private List<RingMember> randomServers(int count, int maxWeight) {
    return random
        .longs(0, 1L << 40)
        .distinct()
        .limit(count)
        .mapToObj(number -> new RingMember("cache-" + number, 1 + random.nextInt(maxWeight)))
        .toList();
  }

  private static KetamaRing ring(List<RingMember> servers) {
    return KetamaRing.over(servers, index -> true);
  }

  /** The hashes at, before and behind each point, and both ends of the ring. */
  private static IntStream edges(KetamaRing ring) {
    IntStream points =
        IntStream.range(0, ring.size())
            .map(ring::pointAt)
            .flatMap(point -> IntStream.of(point - 1, point, point + 1));
    return IntStream.concat(points, IntStream.of(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE));
  }

  private static int linearSearch(KetamaRing ring, int hash) {
    for (int i = 0; i < ring.size(); i++) {
      if (Integer.compareUnsigned(ring.pointAt(i), hash) >= 0) {
        return ring.ownerAt(i);
      }
    }
    return ring.ownerAt(0);
  }
}
