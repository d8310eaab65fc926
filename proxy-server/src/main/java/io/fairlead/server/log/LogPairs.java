package io.fairlead.server.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * Writes the key-value pairs of a log line, each as {@code key="value"}. Quotes, backslashes and
 * control characters in values are escaped as in JSON: names of pools and servers may have any, and
 * must not look like another pair or another line.
 */
public final class LogPairs extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (KeyValuePair pair : pairs) {
      text.append(text.isEmpty() ? "" : " ").append(pair.key).append("=\"");
      append(String.valueOf(pair.value), text);
      text.append('"');
    }
    return text.toString();
  }

  private static void append(String value, StringBuilder text) {
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
