package io.fairlead.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServeFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"serve --config f.yaml", "serve --config=f.yaml"})
  void isALineWithNothingButAFile(String line) {
    List<String> arguments = List.of(line.split(" "));

    assertThat(ServeFile.of(arguments, Map.of()))
        .isEqualTo(new ServeFile(Path.of("f.yaml"), LoadOptions.NONE, arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "serve --config",
        "serve --config=",
        "serve --config --takeover",
        "serve --config @options",
        "serve --config=@options",
        "serve --config f.yaml --takeover",
        "serve --config=f.yaml --no-reload",
        "serve --no-reload --config=f.yaml",
        "serve --config f.yaml extra",
        "serve --confi f.yaml",
        "serve f.yaml --config",
        "serve --help",
        "check --config f.yaml"
      })
  void everyOtherLineIsReadWithAllItsOptions(String line) {
    assertThat(ServeFile.of(List.of(line.split(" ")), Map.of())).isNull();
  }

  @Test
  void theEnvironmentSaysWhereClientsOfMcroutersFileConnect(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "{\"route\": \"NullRoute\"}");
    List<String> line = List.of("serve", "--config", file.toString());
    Map<String, String> environment =
        Map.of("FAIRLEAD_LISTEN", ":5005", "FAIRLEAD_ADMIN", "off", "FAIRLEAD_LOG", "debug");
    ServeFile plain = Objects.requireNonNull(ServeFile.of(line, environment));

    assertThat(plain.source().read(new SeenFiles()).listeners())
        .extracting(ListenerSettings::address)
        .containsExactly(new Address.Tcp("0.0.0.0", 5005));
  }

  @ParameterizedTest
  @CsvSource({
    "FAIRLEAD_LISTEN, localhost:99999",
    "FAIRLEAD_LISTEN, ''",
    "FAIRLEAD_ADMIN, no port",
    "FAIRLEAD_ADMIN, ''"
  })
  void aMistakeInTheEnvironmentIsLeftToTheOptions(String variable, String value) {
    List<String> line = List.of("serve", "--config", "f.yaml");

    assertThat(ServeFile.of(line, Map.of(variable, value))).isNull();
  }

  @Test
  void anEmptyNameIsLeftToTheOptions() {
    assertThat(ServeFile.of(List.of("serve", "--config", ""), Map.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pools: {p: {servers: [a, b]}}",
        "pools: {p: {servers: [a]}}\nadmin: false\nlisteners: [{address: 127.0.0.1:1, pool: p}]",
        "a:\n  listen: 127.0.0.1:22121\n  servers:\n  - h:1:1\n",
        "{\"pools\": {\"A\": {\"servers\": [\"a:1\", \"b:1\"]}}, \"route\": \"PoolRoute|A\"}"
      })
  void readsAFileAsTheCommandWithOptionsDoes(String text, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), text);
    List<String> line = List.of("serve", "--config", file.toString());
    ServeFile plain = Objects.requireNonNull(ServeFile.of(line, Map.of()));
    ServeCommand command = new ServeCommand();
    new CommandLine(command).parseArgs("--config", file.toString());
    ProxySettings expected = command.settings();

    ProxySettings settings = plain.source().read(new SeenFiles());

    assertThat(settings).isEqualTo(expected);
    assertThat(settings.pools()).isNotEmpty();
  }
}
