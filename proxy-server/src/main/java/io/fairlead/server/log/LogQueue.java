package io.fairlead.server.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.Iterator;

/**
 * Takes lines of the log from whoever logs, and has them written by a thread of its own. An event
 * loop must not wait for whoever reads standard error: what does not fit is lost, and counted.
 */
public final class LogQueue extends AsyncAppender {
  static final String NAME = "async";

  private final LostLines lost = new LostLines();

  LostLines lost() {
    return lost;
  }

  @Override
  public void start() {
    Iterator<Appender<ILoggingEvent>> appenders = iteratorForAppenders();
    while (appenders.hasNext()) {
      if (appenders.next() instanceof LogWriter writer) {
        writer.tellOf(lost);
      }
    }
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (getRemainingCapacity() == 0) {
      lost.add(1);
    } else {
      super.append(event);
    }
  }
}
