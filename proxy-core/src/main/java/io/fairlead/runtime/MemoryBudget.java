package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.config.SizeText;
import io.fairlead.config.ThreadSettings;
import io.netty.util.internal.PlatformDependent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much memory for buffers an event loop may be promised. */
final class MemoryBudget {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryBudget.class);

  /**
   * Of the memory that Java has for buffers, the part that all loops may fill: the rest is for what
   * they read into, and for what arrives in a turn before anybody is told to wait.
   */
  private static final int PART = 2;

  /** With less, a loop that could be added would rather be a burden. */
  private static final long LEAST_BYTES = 16 << 20;

  private MemoryBudget() {}

  /** What is configured, or less where Java has been given too little for it. */
  static long ofLoop(ProxySettings settings) {
    long wanted = settings.limits().loopBytes();
    int loops = settings.threads().loops();
    long used = ofLoop(settings, loops);
    if (used < wanted) {
      LOG.atWarn()
          .addKeyValue("loops", loops)
          .addKeyValue("loop_buffer", SizeText.format(wanted))
          .addKeyValue("used", SizeText.format(used))
          .log(
              "less memory for buffers than limits.loop_buffer, give Java more with"
                  + " -XX:MaxDirectMemorySize or lower the limit");
    }
    return used;
  }

  /** The same when so many loops take clients. */
  static long ofLoop(ProxySettings settings, int loops) {
    return Math.min(settings.limits().loopBytes(), affordable() / loops);
  }

  /** For how many loops there is enough, at least one. */
  static int mostLoops(ProxySettings settings) {
    long least = Math.min(settings.limits().loopBytes(), LEAST_BYTES);
    return (int) Math.max(1, Math.min(ThreadSettings.MOST_LOOPS, affordable() / least));
  }

  private static long affordable() {
    return PlatformDependent.maxDirectMemory() / PART;
  }
}
