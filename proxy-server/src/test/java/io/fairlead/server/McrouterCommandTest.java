package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.server.mcrouter.LoadedRoutes;
import io.fairlead.server.mcrouter.McrouterLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Statuses and words of {@code fairlead mcrouter}, as far as it ends by itself. */
class McrouterCommandTest {
  private static final McrouterLoader ONE_POOL =
      (options, files) ->
          new LoadedRoutes(
              List.of(
                  PoolSettings.of(
                      "A",
                      PoolSettings.Mode.SHARDED,
                      List.of(ServerSettings.at(new Address.Tcp("127.0.0.1", 11211))))),
              List.of(),
              "A",
              List.of());

  @TempDir private Path folder;

  private static Cli ours(String... arguments) {
    List<String> all = new ArrayList<>(List.of("mcrouter"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private static Cli with(McrouterLoader loader, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new McrouterCommand(loader))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Cli(status, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version", "--vers -p x"})
  void namesWhichVersionItStandsFor(String line) {
    Cli version = ours(line.split(" ", -1));

    assertThat(version.out()).matches("This is fairlead-\\S+ in the place of mcrouter-0.40.0\\R");
    assertThat(version.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "-p x --help"})
  void explainsItsOptions(String line) {
    Cli help = ours(line.split(" ", -1));

    assertThat(help.err()).startsWith("Usage: fairlead mcrouter ").contains("-p, --port");
    assertThat(help.out()).isEmpty();
    assertThat(help.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-p 5000 | No configuration source",
        "-p x -f a | fairlead: -p: x (expected: ports",
        "-f a | No port to listen on",
        "-p 5000 -f a -t soon | -t: soon (expected: a number",
        "--validate-config=no | --validate-config: no (expected:",
      })
  void aLineThatCannotBeFollowedEndsWithThreeAndOneSentence(String line, String sentence) {
    Cli cli =
        ours(line.startsWith("--validate") ? new String[] {line, "-f", "a"} : line.split(" ", -1));

    assertThat(cli.err()).contains(sentence).startsWith("fairlead: ").hasLineCount(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.status()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pools\": {\"A\": {\"servers\": [\"10.0.0.1:11211\"]}}, \"route\": \"PoolRoute|A\",}",
        "{\"route\": \"NullRoute\"}",
        "{\"route\": \"ErrorRoute|%default-region%\"}",
      })
  void aGoodConfigurationEndsWithZero(String json) {
    Cli cli = ours("--validate-config", "--config-str", json);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | config-str:1:1: an object that is not closed (expected:",
        "{} | config-str:1:1: {} (expected: route or routes, of which there is none)",
        "{\"route\": \"NoRoute\"} | config-str:1:11: route: \"NoRoute\" (expected:",
        "{\"route\": \"@nothing()\"} | config-str:1:11: ",
      })
  void aBadConfigurationEndsWithThreeAndItsPlace(String json, String problem) {
    Cli cli = ours("--validate-config", "--config-str", json);

    assertThat(cli.err()).startsWith("fairlead: " + problem).hasLineCount(1);
    assertThat(cli.status()).isEqualTo(3);
  }

  @Test
  void aFileThatIsNotThereEndsWithThree() {
    Cli cli = ours("-p", "5000", "-f", folder.resolve("none").toString());

    assertThat(cli.err())
        .isEqualToNormalizingNewlines(
            "fairlead: " + folder.resolve("none") + ": no such file (expected: a file)\n");
    assertThat(cli.status()).isEqualTo(3);
  }

  @Test
  void aBadConfigurationEndsWithThreeAndEveryProblem() {
    McrouterLoader bad =
        (options, files) -> {
          ConfigLoader.parse("pools: 1\nnonsense: 2\n", "bad.json");
          throw new AssertionError("never reached");
        };
    Cli cli = with(bad, "--validate-config", "-f", "bad.json");

    assertThat(cli.err().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("fairlead: bad.json:\\d:\\d: .+"));
    assertThat(cli.status()).isEqualTo(3);
  }

  @Test
  void whatNobodyExpectedEndsWithTwo() {
    McrouterLoader broken =
        (options, files) -> {
          throw new IllegalStateException("a bug");
        };

    assertThat(with(broken, "-p", "5000", "-f", "a").status()).isEqualTo(2);
  }

  @Test
  void aLogFileThatCannotBeWrittenIsNoReasonNotToStart() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    Cli cli = with(ONE_POOL, "--validate-config", "-f", "a", "-L", file + "/log");

    assertThat(cli.status()).isZero();
  }
}
