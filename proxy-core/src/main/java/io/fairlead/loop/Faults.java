package io.fairlead.loop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of what should not have happened: a fault in the proxy, or that memory has run out.
 * It may happen to thousands of requests at once, of which one in a second is enough to read.
 */
public final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final LogPause PAUSE = new LogPause(Duration.ofSeconds(1));

  private Faults() {}

  /**
   * Logs it, unless another one has been logged within the last second.
   *
   * @param what what the proxy has done about it
   */
  public static void log(String what, Throwable cause) {
    int others = PAUSE.next();
    if (others != LogPause.QUIET) {
      LOG.atError()
          .setCause(cause)
          .addKeyValue("others_not_shown", others)
          .log("{} because of a fault in the proxy", what);
    }
  }
}
