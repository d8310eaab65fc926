package io.fairlead.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private static final long SECOND = 1_000_000_000;

  private final StringWriter text = new StringWriter();
  private long now = 100 * SECOND;

  @Test
  void saysHowThingsAreAndSinceWhenAndLeavesACleanLineBehind() {
    try (StatusLine line = new StatusLine(new PrintWriter(text), true, () -> now)) {
      now += 3 * SECOND;
      line.show("main/cache-a  12 in flight");
    }

    assertThat(text).hasToString("\r\033[Kmain/cache-a  12 in flight  3 s\r\033[K");
  }

  @Test
  void isNotSeenElsewhere() {
    try (StatusLine line = new StatusLine(new PrintWriter(text), false, () -> now)) {
      line.show("main/cache-a  12 in flight");
    }

    assertThat(text.toString()).isEmpty();
  }
}
