package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopLoadTest {
  private static final long MEMORY = 100L << 20;
  private static final long SHORT_TURN = 1_000_000;
  private static final long LONG_TURN = 20_000_000;

  private final LoopStats stats = new LoopStats();
  private final LoopLoad load = new LoopLoad(stats, MEMORY, () -> {});
  private final TestLoop loop = new TestLoop();

  private void begin(int requests) {
    for (int i = 0; i < requests; i++) {
      load.began();
    }
  }

  private void end(int requests) {
    for (int i = 0; i < requests; i++) {
      load.ended();
    }
  }

  /** So many full turns, each as long. */
  private void fullTurns(int turns, long nanos) {
    for (int i = 0; i < turns; i++) {
      begin(load.window());
      assertThat(load.isFull()).isTrue();
      load.turnEnded(nanos, 0);
      end(load.inFlight());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false, false",
    "75, false, false, false",
    "76, true, false, false",
    "85, true, false, false",
    "86, true, true, false",
    "95, true, true, false",
    "96, true, true, true",
    "200, true, true, true",
  })
  void refusesMoreTheMoreIsKept(
      int percent, boolean isShort, boolean isNearlyFull, boolean refusesClients) {
    load.account(MEMORY / 100 * percent);

    assertThat(load.isShortOfMemory()).isEqualTo(isShort);
    assertThat(load.isNearlyFull()).isEqualTo(isNearlyFull);
    assertThat(load.refusesClients()).isEqualTo(refusesClients);
    assertThat(stats.get(Counter.BUFFERED_BYTES)).isEqualTo(MEMORY / 100 * percent);
  }

  @Test
  void isFullWhenAsManyRequestsAreInFlightAsMayBe() {
    begin(LoopLoad.FIRST_WINDOW - 1);
    assertThat(load.isFull()).isFalse();

    begin(1);
    assertThat(load.isFull()).isTrue();

    end(1);
    assertThat(load.isFull()).isFalse();
  }

  @Test
  void takesMoreWhenFullTurnsAreShort() {
    fullTurns(100, SHORT_TURN);

    assertThat(load.window()).isEqualTo(LoopLoad.MOST_WINDOW);
  }

  @Test
  void takesNoMoreWhenTurnsAreShortForWantOfWork() {
    for (int i = 0; i < 100; i++) {
      load.turnEnded(SHORT_TURN, 0);
    }

    assertThat(load.window()).isEqualTo(LoopLoad.FIRST_WINDOW);
  }

  @Test
  void takesLessWhenTurnsAreLongButNeverNothing() {
    fullTurns(100, SHORT_TURN);
    fullTurns(1, LONG_TURN);
    assertThat(load.window()).isEqualTo(LoopLoad.MOST_WINDOW / 2);

    fullTurns(100, LONG_TURN);
    assertThat(load.window()).isEqualTo(LoopLoad.LEAST_WINDOW);
  }

  @Test
  void takesLessWhenRepliesAreReadLateByALoopThatIsNeverIdle() {
    fullTurns(100, SHORT_TURN);
    for (int i = 0; i < 100; i++) {
      load.answeredLate();
      load.turnEnded(SHORT_TURN, SHORT_TURN / 10);
    }

    assertThat(load.window()).isEqualTo(LoopLoad.LEAST_WINDOW);
  }

  @Test
  void takesNoLessForAServerThatIsFarAway() {
    for (int i = 0; i < 100; i++) {
      begin(load.window());
      load.isFull();
      load.answeredLate();
      load.turnEnded(SHORT_TURN, 10 * SHORT_TURN);
      end(load.inFlight());
    }

    assertThat(load.window()).isEqualTo(LoopLoad.MOST_WINDOW);
  }

  @Test
  void takesLessWhereThereIsLittleMemory() {
    LoopLoad small = new LoopLoad(new LoopStats(), 1L << 20, () -> {});
    for (int i = 0; i < 100; i++) {
      while (!small.isFull()) {
        small.began();
      }
      small.turnEnded(SHORT_TURN, 0);
    }

    assertThat(small.window()).isEqualTo(256);
  }

  @Test
  void endsATurnAfterAsManyRequestsWhateverBecomesOfThem() {
    for (int i = 1; i < LoopLoad.FIRST_WINDOW; i++) {
      assertThat(load.take()).isTrue();
    }
    assertThat(load.take()).isFalse();
    assertThat(load.isHigh()).isTrue();

    load.turnEnded(SHORT_TURN, 0);

    assertThat(load.isHigh()).isFalse();
  }

  @Test
  void letsThoseGoOnFirstThatHaveWaitedLongest() {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      connections.add(new LineConnection(loop.proxy()));
    }
    begin(load.window());
    connections.forEach(load::await);
    connections.forEach(load::await);
    assertThat(load.next()).isNull();

    end(1);

    List<Connection> resumed = new ArrayList<>();
    for (Connection next = load.next(); next != null; next = load.next()) {
      resumed.add(next);
    }
    assertThat(resumed).containsExactlyElementsOf(connections);
    assertThat(load.isAwaited()).isFalse();
  }

  /** A loop that works at a speed of its own: the window finds turns of some milliseconds. */
  @ParameterizedTest
  @CsvSource({"10000", "100000", "1000000"})
  void findsTurnsThatAreNeitherLongNorIdle(long requestsPerSecond) {
    Random random = new Random(7);
    long longest = 0;
    for (int turn = 0; turn < 1000; turn++) {
      begin(load.window());
      load.isFull();
      double speed = requestsPerSecond * (0.8 + 0.4 * random.nextDouble());
      long nanos = (long) (load.inFlight() / speed * 1e9);
      load.turnEnded(nanos, 0);
      end(load.inFlight());
      longest = turn > 500 ? Math.max(longest, nanos) : 0;
    }
    assertThat(longest).isLessThan(25_000_000);
    assertThat(load.window())
        .isGreaterThanOrEqualTo((int) Math.min(requestsPerSecond / 1000, 4096) / 2);
  }
}
