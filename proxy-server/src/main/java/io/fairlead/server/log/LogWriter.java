package io.fairlead.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.event.KeyValuePair;

/** Writes the log to standard error, and says so there when lines were lost. */
public final class LogWriter extends ConsoleAppender<ILoggingEvent> {
  static final String NAME = "stderr";

  private LostLines lost = new LostLines();

  /** The lines that it tells of; before it is used. */
  void tellOf(LostLines lines) {
    lost = lines;
  }

  @Override
  protected void subAppend(ILoggingEvent event) {
    if (writes(event) && lost.count() > 0) {
      tell(event.getTimeStamp());
    }
  }

  /** Whether nothing was lost by writing it. */
  private boolean writes(ILoggingEvent event) {
    long before = LogFile.failures();
    super.subAppend(event);
    long failures = LogFile.failures() - before;
    lost.add(failures);
    return failures == 0;
  }

  private void tell(long timeMillis) {
    long lines = lost.take();
    if (!writes(sentence(lines, timeMillis))) {
      lost.take(); // this sentence itself
      lost.add(lines);
    }
  }

  private ILoggingEvent sentence(long lines, long timeMillis) {
    LoggingEvent sentence = new LoggingEvent();
    if (getContext() instanceof LoggerContext logback) {
      sentence.setLoggerContext(logback);
    }
    sentence.setLoggerName("fairlead");
    sentence.setLevel(Level.WARN);
    sentence.setThreadName(Thread.currentThread().getName());
    sentence.setTimeStamp(timeMillis);
    sentence.setMessage("lines of the log were lost, as they could not be written in time");
    sentence.addKeyValuePair(new KeyValuePair("lines", lines));
    return sentence;
  }
}
