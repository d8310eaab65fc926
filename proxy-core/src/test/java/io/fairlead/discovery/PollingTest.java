package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private int asked;
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Polling polling =
      new Polling(channel.eventLoop(), () -> asked++, SECOND, Duration.ofSeconds(30));

  PollingTest() {
    channel.freezeTime();
  }

  @Test
  void asksEverMoreRarelyAndNeverTogetherWithOthers() {
    for (long longest : new long[] {1, 2, 4, 8, 16, 30, 30}) {
      polling.failed();
      assertAskedWithin(longest * 500, longest * 1000);
    }
  }

  @Test
  void firstFailureAfterAnAnswerIsAFirstOne() {
    polling.failed();
    polling.failed();
    polling.succeeded(Duration.ofSeconds(10));
    assertAskedWithin(9_000, 10_000);

    polling.failed();

    assertAskedWithin(500, 1_000);
  }

  @Test
  void firstFailureAfterAllWasWellIsAFirstOne() {
    polling.failed();
    polling.failed();
    polling.recovered();

    polling.failed();

    assertAskedWithin(500, 1_000);
  }

  @Test
  void asksNothingWhenItIsClosed() {
    polling.failed();
    polling.close();
    polling.failed();

    pass(60_000);

    assertThat(asked).isZero();
  }

  private void assertAskedWithin(long leastMillis, long mostMillis) {
    int before = asked;
    pass(leastMillis - 1);
    assertThat(asked).isEqualTo(before);
    pass(mostMillis - leastMillis + 1);
    assertThat(asked).isEqualTo(before + 1);
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }
}
