package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoopBalanceTest {
  private final LoopBalance balance = new LoopBalance(0.75);

  @Test
  void halfOfAFullLoopsClientsGoToANewOne() {
    LoopBalance.Shift shift = next(0.9, 0);

    assertThat(shift.from()).isZero();
    assertThat(shift.to()).isEqualTo(1);
    assertThat(shift.part()).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void theBusiestGivesTheLeastBusyHalfOfTheDifference() {
    LoopBalance.Shift shift = next(0.5, 0.8, 0.4);

    assertThat(shift.from()).isEqualTo(1);
    assertThat(shift.to()).isEqualTo(2);
    assertThat(shift.part()).isEqualTo(0.25, within(1e-9));
  }

  @Test
  void clientsStayWhereNoLoopIsFull() {
    assertThat(balance.next(new double[] {0.7, 0})).isNull();
  }

  @Test
  void clientsStayWhereAllLoopsHaveMuchToDo() {
    assertThat(balance.next(new double[] {0.95, 0.8})).isNull();
  }

  /** As where one client makes all the load. */
  @Test
  void movesThatDoNotHelpAreTriedLessAndLessOften() {
    int moves = 0;
    for (int look = 0; look < 1000; look++) {
      moves += balance.next(new double[] {0.9, 0}) == null ? 0 : 1;
    }

    assertThat(moves).isBetween(7, 11);
  }

  @Test
  void aNewLoopIsTriedAtOnce() {
    next(0.9, 0);
    assertThat(balance.next(new double[] {0.9, 0})).isNull();

    balance.loopsChanged();

    assertThat(next(0.9, 0, 0).to()).isEqualTo(1);
  }

  private LoopBalance.Shift next(double... busy) {
    return Objects.requireNonNull(balance.next(busy));
  }
}
