package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.protocol.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {
  @ParameterizedTest(name = "{1} of {0} in flight are retries: another one is allowed: {2}")
  @CsvSource({
    "0, 0, true",
    "1, 2, true",
    "1, 3, false",
    "15, 2, true",
    "15, 3, false",
    "19, 3, false",
    "20, 3, true",
    "20, 4, false",
    "24, 4, false",
    "25, 4, true",
    "100, 19, true",
    "100, 20, false",
    "10000, 1999, true",
    "10000, 2000, false",
  })
  void aFifthMayBeRetriesAndThreeAlways(long inFlight, int retries, boolean allowed) {
    RetryBudget budget = new RetryBudget();
    for (int i = 0; i < retries; i++) {
      budget.began();
    }

    assertThat(budget.hasRoom(inFlight)).isEqualTo(allowed);
  }

  @Test
  void aRetryThatIsOverMakesRoom() {
    RetryBudget budget = new RetryBudget();
    for (int i = 0; i < RetryBudget.LEAST; i++) {
      budget.began();
    }
    assertThat(budget.hasRoom(0)).isFalse();

    budget.ended();

    assertThat(budget.hasRoom(0)).isTrue();
  }

  @Test
  void aRetryIsOverWhenItsExchangeIsGivenBackEvenAsAnothersTwin() {
    ExchangePool pool = new ExchangePool();
    Exchange first = retry(pool);
    first.share(retry(pool));
    assertThat(pool.retries().underWay()).isEqualTo(2);

    pool.give(first);

    assertThat(pool.retries().underWay()).isZero();
  }

  /** Because a multi-get with it was refused: that is no second attempt of the same request. */
  @Test
  void aKeyThatIsAskedAloneIsNoRetry() {
    ExchangePool pool = new ExchangePool();
    Exchange exchange = pool.take(ReplySink.NOBODY, 0);
    exchange.retried = true;
    exchange.alone = true;

    pool.give(exchange);

    assertThat(pool.retries().underWay()).isZero();
  }

  private static Exchange retry(ExchangePool pool) {
    Exchange exchange = pool.take(ReplySink.NOBODY, 0);
    exchange.retrieves(Verb.GET, 0, Wire.bytes("k"));
    exchange.retried = true;
    pool.retries().began();
    return exchange;
  }
}
