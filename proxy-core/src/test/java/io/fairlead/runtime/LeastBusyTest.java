package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeastBusyTest {
  private final List<DefaultEventLoop> loops =
      List.of(new DefaultEventLoop(), new DefaultEventLoop(), new DefaultEventLoop());
  private final LeastBusy leastBusy = new LeastBusy();

  @AfterEach
  void shutDown() throws InterruptedException {
    for (EventExecutor loop : loops) {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  @Test
  void clientsGoToTheLoopWithTheLeastToDo() {
    leastBusy.know(loops, new double[] {0.5, 0.2, 0.9}, 1000);

    assertThat(given(3)).isEqualTo("1 1 1");
  }

  /** Else all that come between two looks would go to one. */
  @Test
  void thoseThatHaveComeCountForWhatClientsUsuallyTake() {
    leastBusy.know(loops, new double[] {0.55, 0.3, 0.42}, 12);

    assertThat(given(6)).isEqualTo("1 1 2 1 2 0");
  }

  @Test
  void clientsThatDoNothingYetAreSpread() {
    leastBusy.know(loops, new double[3], 0);

    assertThat(given(6)).isEqualTo("0 1 2 0 1 2");
  }

  @Test
  void onlyLoopsThatTakeClientsAreGivenAny() {
    leastBusy.know(loops.subList(0, 1), new double[] {0.99}, 5);

    assertThat(given(3)).isEqualTo("0 0 0");
  }

  @Test
  void nobodyIsGivenAClientBeforeTheStart() {
    assertThatIllegalStateException().isThrownBy(leastBusy::next);
  }

  private String given(int clients) {
    return IntStream.range(0, clients)
        .mapToObj(i -> String.valueOf(loops.indexOf((DefaultEventLoop) leastBusy.next())))
        .collect(Collectors.joining(" "));
  }
}
