package io.fairlead.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.fairlead.server.report.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** A line of the log as a JSON object: what the text has, with its pairs as members. */
final class LogJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private LogJson() {}

  /** Without its line end. */
  static String line(ILoggingEvent event) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("time", time(event));
    members.put("level", event.getLevel().levelStr);
    members.put("logger", shortName(event.getLoggerName()));
    members.put("msg", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> members.putIfAbsent(pair.key, value(pair.value)));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      members.put("stack", ThrowableProxyUtil.asString(thrown));
    }
    return Json.write(members);
  }

  private static Object value(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }

  static String time(ILoggingEvent event) {
    return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
  }

  static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
