package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusySharesTest {
  private final BusyShares shares = new BusyShares();

  @Test
  void aShareIsTheTimeAtWorkOfTheTimeThatHasPassed() {
    shares.look(new long[] {100, 1000}, 10_000);

    shares.look(new long[] {850, 1200}, 11_000);

    assertThat(shares.last(2)).containsExactly(0.75, 0.2);
    assertThat(shares.last(1)).containsExactly(0.75);
    assertThat(shares.sum()).isEqualTo(0.95);
  }

  @Test
  void aLoopThatWasAddedBeginsWithNothing() {
    shares.look(new long[] {0}, 0);

    shares.look(new long[] {500, 100}, 1000);

    assertThat(shares.last(2)).containsExactly(0.5, 0.1);
    assertThat(shares.smooth(2)[1]).isEqualTo(0.1);
  }

  @Test
  void smoothSharesFollowInSteps() {
    shares.look(new long[] {0}, 0);
    shares.look(new long[] {1000}, 1000);
    double first = shares.smooth(1)[0];
    shares.look(new long[] {2000}, 2000);

    assertThat(first).isBetween(0.4, 1.0);
    assertThat(shares.smooth(1)[0]).isGreaterThan(first).isLessThanOrEqualTo(1);
  }

  /** The clock of a turn and that of a look are not read at the same moment. */
  @Test
  void noLoopIsBusierThanTime() {
    shares.look(new long[] {0}, 0);
    shares.look(new long[] {1500}, 1000);

    assertThat(shares.last(1)).containsExactly(1);
  }

  @Test
  void theLeastBusyIsFound() {
    assertThat(BusyShares.least(new double[] {0.3, 0.1, 0.2})).isEqualTo(1);
  }
}
