package io.fairlead.testkit;

import java.time.Duration;
import java.util.function.Consumer;

/** The faults of a {@link FaultProxy} in force now; guarded by its own monitor. */
final class Faults {
  private static final long NEVER = Long.MAX_VALUE;

  /** The settings themselves; touched only inside {@link #change} and under the monitor. */
  static final class Settings {
    Duration requestDelay = Duration.ZERO;
    Duration replyDelay = Duration.ZERO;
    boolean held;
    boolean blackHole;
    boolean corrupt;
    boolean duplicate;
    long bytesUntilCut = NEVER;
  }

  /** What to do with one chunk: pass so many of its bytes so many times, then maybe cut. */
  record Verdict(int bytes, int copies, boolean corrupt, boolean cut) {}

  private Settings settings = new Settings();

  synchronized void change(Consumer<Settings> change) {
    change.accept(settings);
    notifyAll();
  }

  synchronized void heal() {
    settings = new Settings();
    notifyAll();
  }

  /** Waits as long as the chunk that was just read is to be held back. */
  synchronized void awaitPassage(boolean isReply) throws InterruptedException {
    long arrived = System.nanoTime();
    while (true) {
      Duration delay = isReply ? settings.replyDelay : settings.requestDelay;
      long left = (delay.toNanos() - (System.nanoTime() - arrived) + 999_999) / 1_000_000;
      if (settings.held) {
        wait();
      } else if (left > 0) {
        wait(left);
      } else {
        return;
      }
    }
  }

  synchronized Verdict judge(boolean isReply, int bytes) {
    if (settings.blackHole) {
      return new Verdict(bytes, 0, false, false);
    }
    if (!isReply) {
      return new Verdict(bytes, 1, false, false);
    }
    int copies = settings.duplicate ? 2 : 1;
    if (settings.bytesUntilCut == NEVER) {
      return new Verdict(bytes, copies, settings.corrupt, false);
    }
    int passing = (int) Math.min(bytes, settings.bytesUntilCut);
    settings.bytesUntilCut -= passing;
    boolean cut = settings.bytesUntilCut == 0;
    if (cut) {
      settings.bytesUntilCut = NEVER; // one cut per order, so that the next connection works
    }
    return new Verdict(passing, copies, settings.corrupt, cut);
  }
}
