package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Dialect;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadOptions.Foreign;
import io.fairlead.config.LoadOptions.Mcrouter;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.route.RoutingPrefixSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples for users who come from mcrouter. */
class McrouterExamplesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", ""))
          .toAbsolutePath()
          .resolve("../config-examples/mcrouter")
          .normalize();

  private static final LoadOptions OF_A_WIKI =
      new LoadOptions(null, Foreign.DEFAULT, new Mcrouter(Mcrouter.DEFAULT.listen(), "/eqiad/mw/"));

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.toString().endsWith("-servers.json")).toList().stream();
    }
  }

  private static LoadedConfig load(Path file) {
    boolean isOfAWiki = file.endsWith("two-regions.json");
    return FileLoader.read(file, isOfAWiki ? OF_A_WIKI : LoadOptions.NONE);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void loadsWithoutWarning(Path file) {
    LoadedConfig loaded = load(file);

    assertThat(loaded.dialect()).isEqualTo(Dialect.MCROUTER);
    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.settings().pools()).allSatisfy(p -> assertThat(p.servers()).isNotEmpty());
  }

  @Test
  void theServersOfAPoolMayBeInAFileOfTheirOwn() {
    LoadedConfig loaded = load(FOLDER.resolve("two-regions.json"));

    RoutingPrefixSettings root = (RoutingPrefixSettings) loaded.settings().routes().get(0).root();
    assertThat(loaded.settings().pools().get(0).servers()).hasSize(2);
    assertThat(List.copyOf(root.routes().keySet()))
        .containsExactly("/eqiad/mw/", "/eqiad/mw-wan/", "/codfw/mw-wan/", "/codfw/mw/");
  }
}
