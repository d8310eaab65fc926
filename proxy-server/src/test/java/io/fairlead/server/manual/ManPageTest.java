package io.fairlead.server.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.Cli;
import io.fairlead.server.Fairlead;
import io.fairlead.server.command.UsageMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManPageTest {
  private static final Set<String> HELPFUL =
      Set.of(
          "serve",
          "demo",
          "check",
          "where",
          "convert",
          "explain",
          "doctor",
          "bench",
          "warm",
          "top",
          "drain",
          "resume",
          "hash-password",
          "completion",
          "man");

  @TempDir private Path folder;

  @Test
  void hasEveryOptionOfEveryCommand() {
    for (String name : visible()) {
      String page = Cli.run("man", name).out();

      assertThat(page)
          .startsWith(".TH \"FAIRLEAD-")
          .contains(".SH SYNOPSIS\n.nf\nfairlead " + name.replace("-", "\\-"));
      for (OptionSpec option : spec(name).options()) {
        if (!option.hidden()) {
          assertThat(page).as(name).contains(option.longestName().replace("-", "\\-"));
        }
      }
    }
  }

  @Test
  void namesEveryCommandOnThePageOfFairlead() {
    String page = Cli.run("man").out();

    for (String name : visible()) {
      assertThat(page).contains("\\fB" + name.replace("-", "\\-") + "\\fR\n");
    }
  }

  @Test
  void writesAFileForEachCommand() throws IOException {
    Cli.run("man", "--output", folder.resolve("man1").toString());

    try (var files = Files.list(folder.resolve("man1"))) {
      assertThat(files).hasSize(visible().size() + 1);
    }
    assertThat(folder.resolve("man1/fairlead-serve.1")).content().contains("\\-\\-config");
  }

  @Test
  void leavesNothingThatManWouldTakeForACommand() {
    for (String name : visible()) {
      assertThat(Cli.run("man", name).out().lines())
          .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
          .allMatch(line -> line.matches("\\.(TH .*|SH [A-Z ]+|TP|nf|fi)"));
    }
  }

  @Test
  void offersTheNearestCommand() {
    Cli cli = Cli.run("man", "serv");

    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).startsWith("fairlead: Unknown command: serv; did you mean serve?");
  }

  @Test
  void everyCommandShowsAnExampleAndItsExitStatus() {
    for (String name : HELPFUL) {
      String help = Cli.run(name, "--help").out();

      assertThat(help).as(name).contains("\nExamples:\n", "fairlead " + name, "\nExit status: 0 ");
      assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nutcracker", "mcrouter"})
  void thePageOfWhatHasAnothersHelpShowsThemToo(String name) {
    assertThat(Cli.run("man", name).out())
        .contains(
            ".SH EXAMPLES AND EXIT STATUS\n", "fairlead " + name + " \\-", "\nExit status: 0 ");
  }

  private static Set<String> visible() {
    return UsageMistake.visibleCommands(Fairlead.commandLine().getCommandSpec());
  }

  private static CommandSpec spec(String name) {
    CommandLine command = Objects.requireNonNull(Fairlead.commandLine().getSubcommands().get(name));
    return command.getCommandSpec();
  }
}
