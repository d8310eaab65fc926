package io.fairlead.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class LogEncoderTest {
  private final LoggerContext context = new LoggerContext();
  private final LogEncoder encoder = new LogEncoder();

  @Test
  void jsonHasThePairsAsMembersAndNumbersAsNumbers() {
    assertThat(json(event("server state", "pool", "main", "failures", 3, "known", true)))
        .isEqualTo(
            "{\"time\":\"2023-11-14T22:13:20.042Z\",\"level\":\"WARN\",\"logger\":\"HealthLog\","
                + "\"msg\":\"server state\",\"pool\":\"main\",\"failures\":3,\"known\":true}\n");
  }

  @Test
  void jsonIsOneLineWhateverTheTextsAre() {
    String line = json(event("a\nb\"c\\d\u0001", "k\n", "v\r\n\u2028é"));

    assertThat(line).endsWith("}\n");
    assertThat(line.substring(0, line.length() - 1)).doesNotContain("\n", "\r");
    assertThat(line).contains("\"a\\u000ab\\\"c\\\\d\\u0001\"", "\u2028é");
  }

  @Test
  void noPairTakesThePlaceOfWhatEachLineHas() {
    assertThat(json(event("m", "level", "none", "msg", "other")))
        .contains("\"level\":\"WARN\"", "\"msg\":\"m\"")
        .doesNotContain("none", "other");
  }

  @Test
  void textHasWhatJsonHas() {
    assertThat(text(event("server state", "pool", "main", "failures", 3)))
        .isEqualTo(
            "time=2023-11-14T22:13:20.042Z level=WARN logger=HealthLog msg=\"server state\""
                + " pool=\"main\" failures=\"3\"\n");
  }

  @Test
  void aSentenceOfTextNeverEndsTheLineOrItself() {
    assertThat(text(event("a \"word\"\r\nlevel=INFO\u007fz")))
        .contains(" msg=\"a  word level=INFO z\" \n");
  }

  @Test
  void textHasTheStackBelowIt() {
    LoggingEvent event = event("bad");
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("of no use")));

    assertThat(text(event).lines())
        .contains("java.lang.IllegalStateException: of no use")
        .anyMatch(line -> line.startsWith("\tat " + LogEncoderTest.class.getName()));
  }

  @Test
  void jsonHasTheStackInOneMember() {
    LoggingEvent event = event("bad");
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("of no use")));

    assertThat(json(event))
        .contains("\"stack\":\"java.lang.IllegalStateException: of no use")
        .contains("\\u000a\\u0009at " + LogEncoderTest.class.getName());
  }

  @ParameterizedTest
  @CsvSource({"json, true", "JSON, true", "text, false", "xml, false"})
  void theEnvironmentChoosesTheForm(String word, boolean isJson) {
    encoder.setFormat(word);

    assertThat(text(event("m")).startsWith("{")).isEqualTo(isJson);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "FAIRLEAD_LOG, debug, -",
        "FAIRLEAD_LOG, INFO, -",
        "FAIRLEAD_LOG, loud, 'FAIRLEAD_LOG: loud (expected: trace, debug, info, warn, error, off)'",
        "FAIRLEAD_LOG_FORMAT, json, -",
        "FAIRLEAD_LOG_FORMAT, xml, 'FAIRLEAD_LOG_FORMAT: xml (expected: text, json)'",
        "FAIRLEAD_HEAP, xml, -",
      })
  void aWrongWordInTheEnvironmentIsNamed(String name, String value, String mistake) {
    assertThat(Logs.mistakeIn(Map.of(name, value))).isEqualTo(mistake);
  }

  private String json(LoggingEvent event) {
    encoder.setFormat("text");
    encoder.format(LogFormat.JSON);
    return text(event);
  }

  private String text(LoggingEvent event) {
    encoder.setContext(context);
    encoder.start();
    return new String(encoder.encode(event), UTF_8);
  }

  private LoggingEvent event(String message, Object... keysAndValues) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName("io.fairlead.health.HealthLog");
    event.setLevel(Level.WARN);
    event.setTimeStamp(1_700_000_000_042L);
    event.setMessage(message);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      event.addKeyValuePair(new KeyValuePair(keysAndValues[i].toString(), keysAndValues[i + 1]));
    }
    return event;
  }
}
