package io.fairlead.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountersTest {
  private final ServerStats one = new PoolStats("pool").addServer("cache");
  private final ServerStats other = new PoolStats("pool").addServer("cache");

  @Test
  void eachCounterHasAValueOfItsOwn() {
    long amount = 1;
    for (ServerCounter counter : ServerCounter.values()) {
      one.add(counter, amount++);
    }

    long expected = 1;
    for (ServerCounter counter : ServerCounter.values()) {
      assertThat(one.get(counter)).isEqualTo(expected++);
      assertThat(other.get(counter)).isZero();
    }
  }

  @Test
  void whatLoopsHaveCountedIsAddedUp() {
    one.count(ServerCounter.REQUESTS);
    other.add(ServerCounter.REQUESTS, 41);

    assertThat(Counters.joined(List.of(one, other), ServerCounter.REQUESTS)).isEqualTo(42);
  }

  @Test
  void ofTwoTimesTheLaterOneCounts() {
    one.set(ServerCounter.SERVER_EJECTED_AT, 2_000);
    other.set(ServerCounter.SERVER_EJECTED_AT, 1_000);

    assertThat(Counters.joined(List.of(one, other), ServerCounter.SERVER_EJECTED_AT))
        .isEqualTo(2_000);
  }
}
