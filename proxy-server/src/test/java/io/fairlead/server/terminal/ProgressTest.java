package io.fairlead.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final StringWriter text = new StringWriter();
  private long now = 100 * SECOND;

  @Test
  void drawsABarWithRateAndTimeLeftOnATerminal() {
    Progress progress = progress(true);
    progress.show("measure", 0, 0);
    now += 4 * SECOND;
    progress.show("measure", 0.25, 19_870);

    assertThat(lastLine())
        .isEqualTo("measure  [######------------------]  25 %  19,870/s  12 s left");
  }

  @Test
  void writesLinesForProgramsElsewhere() {
    Progress progress = progress(false);
    progress.show("fill", 0, 0);
    now += 6 * SECOND;
    progress.show("fill", 0.5, 1234.5);

    assertThat(text.toString().strip())
        .isEqualTo("progress phase=fill percent=50 rate=1235 left_s=6");
  }

  @Test
  void saysNothingToAProgramOfWhatIsOverSoon() {
    Progress progress = progress(false);
    progress.show("fill", 0, 0);
    now += 2 * SECOND;
    progress.show("fill", 1, 10);
    progress.end();

    assertThat(text.toString()).isEmpty();
  }

  @Test
  void doesNotDrawMoreThanTenTimesASecond() {
    Progress progress = progress(true);
    for (int i = 0; i < 1000; i++) {
      progress.show("measure", i / 1000.0, 1);
      now += SECOND / 1000;
    }

    assertThat(text.toString().split("\r", -1)).hasSizeBetween(10, 12);
  }

  @Test
  void leavesACleanLineBehind() {
    Progress progress = progress(true);
    progress.show("measure", 0.5, 1);

    progress.end();

    assertThat(text.toString()).endsWith("\r\033[K");
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/pts/0, true",
    "/dev/tty1, true",
    "/dev/console, true",
    "/dev/null, false",
    "pipe:[1234], false",
    "/home/me/dev/pts/0, false",
  })
  void knowsTerminalsByTheirDevice(String device, boolean expected) {
    assertThat(Tty.isTerminal(device)).isEqualTo(expected);
  }

  private Progress progress(boolean isTerminal) {
    return new Progress(new PrintWriter(text), isTerminal, () -> now);
  }

  private String lastLine() {
    String all = text.toString();
    return all.substring(all.lastIndexOf("\033[K") + 3);
  }
}
