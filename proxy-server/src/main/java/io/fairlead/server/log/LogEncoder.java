package io.fairlead.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

/** Writes lines of the log in the form that was asked for, which may be another one later. */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private volatile LogFormat format = LogFormat.TEXT;

  /** The form until another one is asked for; a word of the environment. */
  void setFormat(String word) {
    format = word.equalsIgnoreCase("json") ? LogFormat.JSON : LogFormat.TEXT;
  }

  void format(LogFormat wanted) {
    format = wanted;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = format == LogFormat.JSON ? LogJson.line(event) + "\n" : LogText.line(event);
    return line.getBytes(UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
