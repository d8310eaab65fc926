package io.fairlead.loop;

import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An event loop without a thread: the test runs its turns and moves its clock. */
final class ManualLoop extends SingleThreadEventLoop {
  /** Set on first use, because the constructor above asks for it. */
  private @Nullable MockTicker ticker;

  ManualLoop() {
    super(null, ManualLoop::startsNoThread, true);
  }

  private static void startsNoThread(Runnable loop) {
    throw new AssertionError("the test is the only thread");
  }

  /** Runs what is due, and then what waits for the end of the turn, until nothing is left. */
  void turn() {
    do {
      runAllTasks();
    } while (pendingTasks() > 0);
  }

  void advance(Duration duration) {
    clock().advance(duration.toNanos(), TimeUnit.NANOSECONDS);
    turn();
  }

  @Override
  public Ticker ticker() {
    return clock();
  }

  private MockTicker clock() {
    MockTicker clock = ticker;
    if (clock == null) {
      clock = ticker = Ticker.newMockTicker();
    }
    return clock;
  }

  @Override
  public boolean inEventLoop(@Nullable Thread thread) {
    return true;
  }

  @Override
  protected void run() {
    throw new AssertionError("the test runs the turns");
  }
}
