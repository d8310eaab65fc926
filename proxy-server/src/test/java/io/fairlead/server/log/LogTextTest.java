package io.fairlead.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogTextTest {
  @Test
  void aPlainValueStandsInQuotes() {
    assertThat(pairs("pool", "main", "servers", 3)).isEqualTo("pool=\"main\" servers=\"3\"");
  }

  @Test
  void noValueLooksLikeAnotherPairOrLine() {
    assertThat(pairs("pool", "a\" level=\"\n\u001b\\ü"))
        .isEqualTo("pool=\"a\\\" level=\\\"\\u000a\\u001b\\\\ü\"");
  }

  @Test
  void aLineWithoutPairsHasNothing() {
    assertThat(pairs()).isEmpty();
  }

  private static String pairs(Object... keysAndValues) {
    LoggingEvent event = new LoggingEvent();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      event.addKeyValuePair(new KeyValuePair(keysAndValues[i].toString(), keysAndValues[i + 1]));
    }
    StringBuilder text = new StringBuilder();
    LogText.appendPairs(event, text);
    return text.toString();
  }
}
