package io.fairlead.testkit.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that wakes a selector whenever a request of the open loop is due.
 *
 * <p>The timeouts of a selector are whole milliseconds, far too coarse here, and a loop that polled
 * would take a core away from what is measured and would spare the proxy the wake-ups that its
 * replies cost in earnest.
 */
public final class AlarmClock implements AutoCloseable {
  /** Not a record: two settings are never the same one. */
  private static final class Setting {
    private final PrimitiveIterator.OfLong dues;
    private final long startNanos;

    Setting(PrimitiveIterator.OfLong dues, long startNanos) {
      this.dues = dues;
      this.startNanos = startNanos;
    }
  }

  private final Selector selector;
  private final Thread thread;
  private final AtomicReference<@Nullable Setting> setting = new AtomicReference<>();
  private volatile boolean isClosed;

  public AlarmClock(Selector selector) {
    this.selector = selector;
    thread = new Thread(this::run, "alarm-clock");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /**
   * Wakes the selector from now on when something is due; stops when there is nothing more.
   *
   * @param dues in nanoseconds after {@code startNanos}, rising; read by the thread of the clock
   */
  public void set(PrimitiveIterator.OfLong dues, long startNanos) {
    setting.set(new Setting(dues, startNanos));
    LockSupport.unpark(thread);
  }

  public void stop() {
    setting.set(null);
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    askForExactSleeps();
    while (!isClosed) {
      Setting now = setting.get();
      if (now == null) {
        LockSupport.park(this);
        continue;
      }
      ring(now);
      setting.compareAndSet(now, null);
    }
  }

  private void ring(Setting now) {
    while (now.dues.hasNext()) {
      long due = now.startNanos + now.dues.nextLong();
      long wait = due - System.nanoTime();
      while (wait > 0 && setting.get() == now && !isClosed) {
        LockSupport.parkNanos(this, wait);
        wait = due - System.nanoTime();
      }
      if (setting.get() != now || isClosed) {
        return;
      }
      selector.wakeup();
    }
  }

  /** Without this Linux lets a sleep end up to 50 us late. */
  private static void askForExactSleeps() {
    try {
      Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      Files.writeString(Path.of("/proc", String.valueOf(self.getFileName()), "timerslack_ns"), "1");
    } catch (IOException e) {
      System.err.println("open loop: sleeps stay coarse: " + e);
    }
  }
}
