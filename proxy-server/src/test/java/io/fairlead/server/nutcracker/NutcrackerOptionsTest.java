package io.fairlead.server.nutcracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import io.fairlead.config.Address;
import io.fairlead.server.log.LogFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NutcrackerOptionsTest {
  private static NutcrackerOptions parse(String line) throws NutcrackerMistake {
    return NutcrackerOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
  }

  @Test
  void hasNutcrackersDefaults() throws NutcrackerMistake {
    NutcrackerOptions options = parse("");

    assertThat(options.configFile()).isEqualTo(Path.of("conf/nutcracker.yml"));
    assertThat(options.statsAddress()).isEqualTo(new Address.Tcp("0.0.0.0", 22222));
    assertThat(options.pidFile()).isNull();
    assertThat(options.logFile()).isNull();
    assertThat(options.logLevel()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t -c f.yml -s 1234 -a 10.0.0.1 -o log -p pid -v 7",
        "-tcf.yml -s1234 -a10.0.0.1 -olog -ppid -v7",
        "-tc f.yml -s 1 -s 1234 -a 10.0.0.1 stray -o log -p pid -v 7",
        "--test-conf --conf-file f.yml --stats-port=1234 --stats-addr 10.0.0.1 --output=log"
            + " --pid-file pid --verbose=7",
        "--test --conf f.yml --stats-p 1234 --stats-a=10.0.0.1 --out log --pid pid --verb 7",
      })
  void readsEverySpelling(String line) throws NutcrackerMistake {
    NutcrackerOptions options = parse(line);

    assertThat(options.has(NutcrackerFlag.TEST_CONF)).isTrue();
    assertThat(options.has(NutcrackerFlag.DAEMONIZE)).isFalse();
    assertThat(options.configFile()).isEqualTo(Path.of("f.yml"));
    assertThat(options.statsAddress()).isEqualTo(new Address.Tcp("10.0.0.1", 1234));
    assertThat(options.logFile()).isEqualTo(Path.of("log"));
    assertThat(options.pidFile()).isEqualTo(Path.of("pid"));
    assertThat(options.logLevel()).isEqualTo(Level.DEBUG);
  }

  @Test
  void keepsWordsThatBelongToNoOption() throws NutcrackerMistake {
    assertThat(parse("one -t two").strayWords()).containsExactly("one", "two");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ERROR",
    "3, ERROR",
    "4, WARN",
    "5, INFO",
    "6, INFO",
    "7, DEBUG",
    "8, TRACE",
    "11, TRACE",
    "99, TRACE",
    "99999999999, TRACE"
  })
  void mapsItsLevelsToOurs(String verbosity, String level) throws NutcrackerMistake {
    assertThat(parse("-v " + verbosity).logLevel()).isEqualTo(Level.valueOf(level));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"--log-format json, JSON", "--log-format=text, TEXT", "-v 5, -"})
  void readsTheFormOfTheLog(String line, @Nullable LogFormat format) throws NutcrackerMistake {
    assertThat(parse(line).logFormat()).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "-x, invalid option -- 'x'",
    "-tx, invalid option -- 'x'",
    "--stats 1, invalid option -- 'stats'",
    "--help=3, invalid option -- 'help=3'",
    "-s 999999999999, option -s value 999999999999 is not a valid port",
    "-s 0 -x, option -s value 0 is not a valid port",
    "--log-format xml, option --log-format requires text or json",
  })
  void refusesWhatItDoesNotKnow(String line, String message) {
    NutcrackerMistake mistake = catchThrowableOfType(NutcrackerMistake.class, () -> parse(line));

    assertThat(mistake).hasMessage(message);
  }
}
