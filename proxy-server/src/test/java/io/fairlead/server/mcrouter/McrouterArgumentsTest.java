package io.fairlead.server.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McrouterArgumentsTest {
  private static McrouterArguments read(String... arguments) {
    return McrouterArguments.read(List.of(arguments));
  }

  /** What was given, as {@code name=value}, with {@code name} alone for no value. */
  private static List<String> given(McrouterArguments arguments) {
    return arguments.given().stream()
        .map(one -> one.option().name() + (one.value() == null ? "" : "=" + one.value()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "-hV, help;version",
    "-Vp5000, version;ports=5000",
    "-p -V, ports=-V",
    "--port -5, ports=-5",
    "--serv 3 --server 4, ''",
    "--server-t 300, server_timeout_ms=300",
    "stray -t 3 more, server_timeout_ms=3",
    "-t 3 -- -t 4, server_timeout_ms=3",
    "--validate-config run, validate_config",
    "--validate-config=run, validate_config=run",
    "--config={\"a\"=1}, config={\"a\"=1}",
    "-, ''",
  })
  void takesWordsApartAsGetoptDoes(String line, String expected) {
    List<String> wanted = expected.isEmpty() ? List.of() : List.of(expected.split(";", -1));

    assertThat(given(read(line.split(" ", -1)))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, Unrecognized option: --nonsense",
    "--nonsense=3, Unrecognized option: --nonsense=3",
    "--config- x, Unrecognized option: --config-",
    "-z, Unrecognized option: -z",
    "--help=3, 'Unrecognized option: --help=3, as nothing may follow --help'",
    "--port, 'Unrecognized option: --port, as it needs a value'",
    "-p, 'Unrecognized option: -p, as it needs a value'",
  })
  void notesWhatItDoesNotKnow(String line, String note) {
    assertThat(read(line.split(" ", -1)).ignored()).containsExactly(note);
  }

  @Test
  void goesOnBehindAnUnknownLetter() {
    McrouterArguments arguments = read("-zp5000");

    assertThat(given(arguments)).containsExactly("ports=5000");
    assertThat(arguments.ignored()).containsExactly("Unrecognized option: -z");
  }

  @Test
  void theValueOfAnUnknownOptionIsAStrayWord() {
    assertThat(read("--nonsense", "3", "-p", "5000", "--", "--port").strayWords())
        .containsExactly("3", "--port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version", "--nonsense --version"})
  void knowsWhenItIsAskedForItsVersion(String line) {
    assertThat(read(line.split(" ", -1)).asksForVersion()).isTrue();
    assertThat(read(line.split(" ", -1)).asksForHelp()).isFalse();
  }
}
