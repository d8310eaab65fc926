package io.fairlead.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * A line of the log as text, each fact as {@code key="value"}. Quotes, backslashes and control
 * characters in values are escaped as in JSON: names of pools and servers may have any, and must
 * not look like another pair or another line.
 */
final class LogText {
  private LogText() {}

  /** With its line end, and the stack below it where there is one. */
  static String line(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(200);
    text.append("time=").append(LogJson.time(event));
    text.append(" level=").append(event.getLevel());
    text.append(" logger=").append(LogJson.shortName(event.getLoggerName()));
    text.append(" msg=\"");
    appendSentence(event.getFormattedMessage(), text);
    text.append("\" ");
    appendPairs(event, text);
    text.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null ? text.toString() : text + ThrowableProxyUtil.asString(thrown);
  }

  /** Sentences are our own, or those of libraries: what would break the line becomes a space. */
  private static void appendSentence(String sentence, StringBuilder text) {
    boolean isBroken = false;
    for (int i = 0; i < sentence.length(); i++) {
      char c = sentence.charAt(i);
      boolean breaks = c == '"' || c < ' ' || c == 0x7f;
      if (!breaks || !isBroken) {
        text.append(breaks ? ' ' : c);
      }
      isBroken = breaks;
    }
  }

  static void appendPairs(ILoggingEvent event, StringBuilder text) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs == null) {
      return;
    }
    String gap = "";
    for (KeyValuePair pair : pairs) {
      text.append(gap).append(pair.key).append("=\"");
      appendValue(String.valueOf(pair.value), text);
      text.append('"');
      gap = " ";
    }
  }

  private static void appendValue(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
  }
}
