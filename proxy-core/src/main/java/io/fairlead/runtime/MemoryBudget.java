package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.config.SizeText;
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

  private MemoryBudget() {}

  /** What is configured, or less where Java has been given too little for it. */
  static long ofLoop(ProxySettings settings) {
    long wanted = settings.limits().loopBytes();
    int loops = settings.threads().loops();
    long affordable = PlatformDependent.maxDirectMemory() / PART / loops;
    if (wanted <= affordable) {
      return wanted;
    }
    LOG.atWarn()
        .addKeyValue("loops", loops)
        .addKeyValue("loop_buffer", SizeText.format(wanted))
        .addKeyValue("used", SizeText.format(affordable))
        .log(
            "less memory for buffers than limits.loop_buffer, give Java more with"
                + " -XX:MaxDirectMemorySize or lower the limit");
    return affordable;
  }
}
