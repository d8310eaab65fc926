package io.fairlead.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Writes lines of the log in the form that was asked for, which may be another one later. */
public final class LogEncoder extends PatternLayoutEncoder {
  private volatile LogFormat format = LogFormat.TEXT;

  /** The form until another one is asked for; called by what reads {@code logback.xml}. */
  public void setFormat(String word) {
    format = word.equalsIgnoreCase("json") ? LogFormat.JSON : LogFormat.TEXT;
  }

  void format(LogFormat wanted) {
    format = wanted;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return format == LogFormat.JSON
        ? (LogJson.line(event) + "\n").getBytes(UTF_8)
        : super.encode(event);
  }
}
