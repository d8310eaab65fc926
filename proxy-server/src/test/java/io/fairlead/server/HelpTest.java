package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  @ParameterizedTest
  @CsvSource({
    "fairlead, --help",
    "fairlead-serve, serve --help",
    "fairlead-demo, demo --help",
    "fairlead-check, check --help",
    "fairlead-where, where --help",
    "fairlead-convert, convert --help",
    "fairlead-explain, explain --help",
    "fairlead-doctor, doctor --help",
    "fairlead-bench, bench --help",
    "fairlead-warm, warm --help",
    "fairlead-top, top --help",
    "fairlead-drain, drain --help",
    "fairlead-resume, resume --help",
    "fairlead-hash-password, hash-password --help",
    "fairlead-completion, completion --help",
    "fairlead-man, man --help",
  })
  void printsTheRecordedText(String file, String args) throws IOException {
    Cli help = Cli.run(args.split(" "));

    assertThat(help.out()).isEqualTo(recorded(file));
    assertThat(help.err()).isEmpty();
    assertThat(help.status()).isZero();
  }

  @Test
  void fitsIntoATerminalOf80ColumnsForNutcrackerToo() {
    assertThat(Cli.run("nutcracker", "--help").err().lines())
        .hasSizeGreaterThan(13)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void everyOptionIsExplained() {
    for (CommandLine command : Fairlead.commandLine().getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(option.description()).as(option.longestName()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "serve --version", "demo -V"})
  void namesItsVersionAndJava(String args) {
    Cli version = Cli.run(args.split(" "));

    assertThat(version.out()).matches("fairlead \\d+\\.\\d+\\.\\d+\\S* \\(Java [^)]+\\)\\s*");
    assertThat(version.status()).isZero();
  }

  private static String recorded(String file) throws IOException {
    try (InputStream in = HelpTest.class.getResourceAsStream("help/" + file + ".txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
