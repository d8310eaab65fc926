package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.protocol.Verb;
import org.junit.jupiter.api.Test;

class ExchangePoolTest {
  private final ExchangePool pool = new ExchangePool();
  private final Outcomes outcomes = new Outcomes();

  @Test
  void givesAnExchangeAgainWithoutItsPast() {
    Exchange used = pool.take(outcomes, 7);
    used.retrieves(Verb.GATS, 5, Wire.buffer("key"), 0, 3);
    used.last = true;
    used.answered = true;
    used.replied = true;
    used.retried = true;
    used.alone = true;
    pool.give(used);

    Exchange again = pool.take(outcomes, 1);

    assertThat(again).isSameAs(used);
    assertThat(again.sink).isSameAs(outcomes);
    assertThat(again.slot).isEqualTo(1);
    assertThat(again.keyLength()).isZero();
    assertThat(again.twin).isNull();
    assertThat(again.last || again.answered || again.replied || again.retried || again.alone)
        .isFalse();
  }

  @Test
  void takesTwinsBackToo() {
    Exchange first = pool.take(outcomes, 0);
    Exchange second = pool.take(outcomes, 1);
    Exchange third = pool.take(outcomes, 2);
    first.twin = second;
    second.twin = third;

    pool.give(first);

    assertThat(pool.take(outcomes, 0)).isSameAs(third);
    assertThat(pool.take(outcomes, 0)).isSameAs(second);
    assertThat(pool.take(outcomes, 0)).isSameAs(first);
    assertThat(pool.take(outcomes, 0)).isNotIn(first, second, third);
  }

  @Test
  void tellsEveryoneWhenAnExchangeGetsToNoServer() {
    Exchange first = pool.take(outcomes, 0);
    first.twin = pool.take(outcomes, 1);

    pool.fail(first, Failure.EJECTED);

    assertThat(outcomes.told()).containsExactly("0 EJECTED", "1 EJECTED");
  }

  @Test
  void anExchangeHoldsAKeyOfAnyLength() {
    Exchange exchange = pool.take(outcomes, 0);
    for (int length : new int[] {1, 64, 65, 250, 3}) {
      String key = "k".repeat(length);

      exchange.retrieves(Verb.GET, 0, Wire.buffer("x" + key), 1, length);

      assertThat(exchange.keyLength()).isEqualTo(length);
      assertThat(exchange.key()).startsWith(Wire.bytes(key));
    }
  }

  @Test
  void tellsEachOutcomeOnce() {
    Exchange exchange = pool.take(outcomes, 0);
    exchange.miss();
    exchange.failed(Failure.TIMEOUT);
    exchange.miss();

    assertThat(outcomes.told()).containsExactly("0 miss");
  }
}
