package io.fairlead.server.nutcracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.Cli;
import io.fairlead.testkit.NutcrackerRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same command lines for a real nutcracker and for {@code fairlead nutcracker}. */
class NutcrackerCommandIT {
  @TempDir private Path folder;
  private Path good;
  private Path bad;

  @BeforeEach
  void writeFiles() throws Exception {
    good = Files.writeString(folder.resolve("good.yml"), NUTCRACKER_YAML);
    bad =
        Files.writeString(
            folder.resolve("bad.yml"), "main:\n  listen: 127.0.0.1:22121\n  nonsense: 1\n");
  }

  private static final String NUTCRACKER_YAML =
      """
      main:
        listen: 127.0.0.1:22121
        servers:
         - 127.0.0.1:11211:1
      """;

  private static Cli ours(String... arguments) {
    List<String> all = new ArrayList<>(List.of("nutcracker"));
    all.addAll(List.of(arguments));
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.out()).isEmpty();
    return cli;
  }

  private static String firstLine(String output) {
    return output.lines().findFirst().orElseThrow();
  }

  private static String lastLine(String output) {
    return output.lines().reduce((one, next) -> next).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-s 70000",
        "-s abc",
        "-s 0",
        "-s -1",
        "-v abc",
        "-v -1",
        "-i abc",
        "-m abc",
        "-m 0",
        "-m 100",
        "-m 99999999",
        "-x",
        "-?",
        "-s",
        "-a",
        "-o",
        "-c",
        "-p",
        "-v",
        "-i",
        "-m",
        "--stats-port",
        "--stats-port=x",
        "--stats-addr",
        "--conf-file",
        "--verbose=x",
        "-hs 99999",
      })
  void mistakesAreToldAndEndLikeTheirs(String arguments) throws Exception {
    NutcrackerRun theirs = NutcrackerRun.with(arguments.split(" ", -1));
    Cli ours = ours(arguments.split(" ", -1));

    assertThat(firstLine(ours.err()))
        .isEqualTo(firstLine(theirs.output()))
        .startsWith("nutcracker: ");
    assertThat(ours.status()).isEqualTo(theirs.status()).isEqualTo(1);
    assertThat(ours.err()).contains("Usage:");
  }

  @Test
  void aGoodConfigurationIsSaidToBeGood() throws Exception {
    NutcrackerRun theirs = NutcrackerRun.with("-t", "-c", good.toString());
    Cli ours = ours("-t", "-c", good.toString());

    assertThat(ours.status()).isEqualTo(theirs.status()).isZero();
    assertThat(lastLine(ours.err()))
        .isEqualTo(lastLine(theirs.output()))
        .endsWith("' syntax is ok");
  }

  @Test
  void aBadConfigurationIsSaidToBeBadAndWhy() throws Exception {
    NutcrackerRun theirs = NutcrackerRun.with("-t", "-c", bad.toString());
    Cli ours = ours("-t", "-c", bad.toString());

    assertThat(ours.status()).isEqualTo(theirs.status()).isEqualTo(1);
    assertThat(lastLine(ours.err()))
        .isEqualTo(lastLine(theirs.output()))
        .endsWith("' syntax is invalid");
    assertThat(ours.err()).contains(bad + ":3:3: ").contains("nonsense");
  }

  @Test
  void aFileThatIsMissingIsInvalid() throws Exception {
    String missing = folder.resolve("none.yml").toString();
    NutcrackerRun theirs = NutcrackerRun.with("-t", "-c", missing);
    Cli ours = ours("-t", "-c", missing);

    assertThat(ours.status()).isEqualTo(theirs.status()).isEqualTo(1);
    assertThat(lastLine(ours.err())).isEqualTo(lastLine(theirs.output()));
    assertThat(ours.err()).contains("no such file");
  }

  @Test
  void describesTheSameStatistics() throws Exception {
    NutcrackerRun theirs = NutcrackerRun.with("-D");
    Cli ours = ours("-D");

    assertThat(statisticsIn(ours.err())).isEqualTo(statisticsIn(theirs.output())).hasSize(19);
    assertThat(ours.status()).isEqualTo(theirs.status()).isZero();
  }

  private static List<String> statisticsIn(String output) {
    return Pattern.compile("(?m)^  (\\w+ +)\".+\"$")
        .matcher(output)
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @Test
  void helpNamesTheSameOptions() throws Exception {
    NutcrackerRun theirs = NutcrackerRun.with("-h");
    Cli ours = ours("-h");

    assertThat(optionsIn(ours.err())).isEqualTo(optionsIn(theirs.output())).hasSize(13);
    assertThat(ours.status()).isEqualTo(theirs.status()).isZero();
  }

  private static List<String> optionsIn(String output) {
    return Pattern.compile("(?m)^  (-\\w, --[a-z-]+(=\\w)? *: )")
        .matcher(output)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void namesWhichVersionItStandsFor() throws Exception {
    NutcrackerRun theirs = NutcrackerRun.with("-V");
    Cli ours = ours("-V");

    assertThat(firstLine(ours.err())).startsWith("This is fairlead-").endsWith("nutcracker-0.5.0");
    assertThat(firstLine(theirs.output())).isEqualTo("This is nutcracker-0.5.0");
    assertThat(ours.status()).isEqualTo(theirs.status()).isZero();
  }

  @Test
  void doesNotBecomeADaemonAndSaysWhatToDoInstead() throws Exception {
    Cli ours = ours("-d", "-c", good.toString());

    assertThat(ours.err()).contains("option -d", "systemd", "setsid").hasLineCount(1);
    assertThat(ours.status()).isEqualTo(1);
  }
}
