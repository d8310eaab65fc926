package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatsReplyTest {
  private final LoopStats one = new LoopStats();
  private final LoopStats other = new LoopStats();
  private final StatsReply stats = new StatsReply("1.6.18", List.of(one, other));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          stats items               ; END
          stats slabs               ; END
          stats sizes               ; END
          stats conns               ; END
          stats reset               ; RESET
          '  stats   reset  '       ; RESET
          stats cachedump 1 10      ; END
          stats cachedump           ; CLIENT_ERROR bad command line
          stats cachedump 1         ; CLIENT_ERROR bad command line
          stats detail              ; CLIENT_ERROR usage: stats detail on|off|dump
          stats detail x            ; CLIENT_ERROR usage: stats detail on|off|dump
          stats detail on           ; SERVER_ERROR command not supported by proxy
          stats detail dump         ; SERVER_ERROR command not supported by proxy
          stats foo                 ; ERROR
          stats RESET               ; ERROR
          stats \\x80               ; ERROR
          """)
  void answersInOneLine(String line, String reply) {
    assertThat(ask(line)).isEqualTo(reply + "\r\n");
  }

  @Test
  void isALineForEachNumberAndEnd() {
    assertThat(ask("stats"))
        .matches("(STAT \\w+ [\\w.]+\r\n)+END\r\n")
        .contains("STAT version 1.6.18\r\n", "STAT threads 2\r\n");
  }

  @Test
  void hasEachNameOnce() {
    assertThat(ask("stats").lines()).doesNotHaveDuplicates();
    assertThat(ask("stats").lines().map(line -> line.split(" ", -1)[line.equals("END") ? 0 : 1]))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void addsUpTheLoops(Counter counter) {
    one.add(counter, 5);
    other.add(counter, 7);

    assertThat(ask("stats"))
        .contains("STAT " + counter.statName() + " " + counter.join(5, 7) + "\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void resetForgetsWhatWasCountedButNotWhatIs(Counter counter) {
    one.add(counter, 5);
    ask("stats reset");
    other.add(counter, 7);

    long expected = counter.isGauge() ? counter.join(5, 7) : 7;
    assertThat(ask("stats")).contains("STAT " + counter.statName() + " " + expected + "\r\n");
    assertThat(one.get(counter)).as("metrics go on").isEqualTo(5);
  }

  @Test
  void settingsAreThoseOfTheProxy() {
    assertThat(ask("stats settings"))
        .isEqualTo("STAT proxy fairlead\r\nSTAT num_threads 2\r\nSTAT version 1.6.18\r\nEND\r\n");
  }

  private String ask(String spec) {
    ByteBuf in = Wire.buffer(Wire.expand(spec) + "\r\n");
    Command command = new Command();
    new RequestParser().parse(in, 0, in.writerIndex() - 1, command);
    return Wire.text(stats.to(command, in));
  }
}
