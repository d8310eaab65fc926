package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.placement.PoolPlacement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many keys get another server, in the default placement, when a source names other servers.
 */
class StableRingProperties {
  private static final int KEYS = 100_000;
  private static final double SLACK = 0.02;
  private static final long SEED = 20261121;

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 10, 20})
  void memberWithAnotherAddressKeepsEveryKey(int servers) {
    Members members = named(servers);
    List<String> before = owners(members.servers());
    Random random = new Random(SEED);
    for (int restart = 0; restart < 5; restart++) {
      List<ServerSettings> next = new ArrayList<>(members.servers());
      int index = random.nextInt(servers);
      next.set(index, pod(index, random.nextInt(256)));
      members.named(next, true, restart);
    }

    assertThat(owners(members.servers())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 10, 20})
  void memberMoreTakesItsShareAndNoMore(int servers) {
    Members members = named(servers);
    List<String> before = owners(members.servers());
    List<ServerSettings> more = new ArrayList<>(members.servers());
    more.add(pod(servers, 1));
    members.named(more, true, 1);
    List<String> after = owners(members.servers());

    long moved = IntStream.range(0, KEYS).filter(i -> !before.get(i).equals(after.get(i))).count();

    assertThat((double) moved / KEYS).isPositive().isLessThanOrEqualTo(1.0 / (servers + 1) + SLACK);
    assertThat(after)
        .allSatisfy(
            owner ->
                assertThat(owner.equals("cache-" + servers) || before.contains(owner)).isTrue());
  }

  private static Members named(int servers) {
    Members members = new Members(Duration.ofMinutes(1));
    members.named(IntStream.range(0, servers).mapToObj(i -> pod(i, 0)).toList(), true, 0);
    return members;
  }

  private static ServerSettings pod(int index, int life) {
    return new ServerSettings(
        "cache-" + index, new Address.Tcp("10.0." + life + "." + index, 11211), 1);
  }

  private static List<String> owners(List<ServerSettings> servers) {
    PoolPlacement placement =
        PoolPlacement.of(PoolSettings.of("p", PoolSettings.Mode.SHARDED, servers));
    Random random = new Random(SEED);
    return IntStream.range(0, KEYS)
        .mapToObj(i -> "user:" + random.nextInt() + ":" + i)
        .map(key -> owner(placement, key.getBytes(StandardCharsets.US_ASCII)))
        .toList();
  }

  private static String owner(PoolPlacement placement, byte[] key) {
    long hash = placement.hash(key, 0, key.length);
    return placement.server(placement.serverOf(hash, key, 0, key.length)).name();
  }
}
