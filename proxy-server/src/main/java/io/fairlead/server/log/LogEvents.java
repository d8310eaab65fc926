package io.fairlead.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.fairlead.server.events.Event;
import io.fairlead.server.events.RecentEvents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Keeps the latest lines of the log in memory. It stands before the queue of what writes the log:
 * what is dropped there, because nobody reads, is seen here all the same.
 */
public final class LogEvents extends UnsynchronizedAppenderBase<ILoggingEvent> {
  static final String NAME = "recent";

  /** A longer text is cut: names from a file, or the words of an exception. */
  private static final int LONGEST = 1000;

  private final RecentEvents recent = new RecentEvents();

  RecentEvents recent() {
    return recent;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
      recent.add(
          new Event(
              event.getTimeStamp(),
              event.getLevel().levelStr.toLowerCase(Locale.ROOT),
              cut(event.getFormattedMessage()),
              pairs(event)));
    }
  }

  private static Map<String, String> pairs(ILoggingEvent event) {
    Map<String, String> pairs = new LinkedHashMap<>();
    List<KeyValuePair> given = event.getKeyValuePairs();
    if (given != null) {
      given.forEach(pair -> pairs.put(pair.key, cut(String.valueOf(pair.value))));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      pairs.put("exception", cut(thrown.getClassName() + ": " + thrown.getMessage()));
    }
    return pairs;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
