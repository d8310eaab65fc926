package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigExamplesTest {
  @ParameterizedTest
  @MethodSource("examples")
  void loadsWithoutWarning(Path file) {
    LoadedConfig loaded = ConfigLoader.read(file);

    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.settings().pools())
        .allMatch(pool -> !pool.servers().isEmpty() || pool.discovery().isOn());
  }

  static Stream<Path> examples() throws IOException {
    return Documents.examples().stream();
  }

  @Test
  void coversTheCommonCases() throws IOException {
    assertThat(Documents.examples())
        .extracting(file -> file.getFileName().toString())
        .contains(
            "single-node.yaml",
            "sharded.yaml",
            "sharded-weights-and-names.yaml",
            "replicated.yaml",
            "primary-replica.yaml",
            "unix-sockets.yaml",
            "two-pools.yaml",
            "nutcracker.yml",
            "mcrouter-placement.yaml",
            "replicated-regions.yaml",
            "gutter.yaml",
            "by-prefix.yaml",
            "warm-up-migration.yaml",
            "shadowing.yaml",
            "users-and-rights.yaml",
            "fairlead.reference.yaml");
  }

  @Test
  void exampleOfThePageOnReplicationLoads() {
    String page = Documents.read(Documents.REFERENCE.resolveSibling("replication.md"));
    String example = page.substring(page.indexOf("```yaml\n") + 8, page.lastIndexOf("```"));

    assertThat(ConfigLoader.parse(example, "f.yaml").routes()).hasSize(1);
  }

  @Test
  void referenceFileEqualsTheDefaults() {
    ProxySettings reference =
        ConfigLoader.load(Documents.EXAMPLES.resolve("fairlead.reference.yaml"));

    assertThat(reference)
        .isEqualTo(ConfigLoader.parse("pools: {main: {servers: [10.0.0.1, 10.0.0.2]}}", "f.yaml"));
    assertThat(reference.pools())
        .containsExactly(
            PoolSettings.of(
                "main",
                Mode.SHARDED,
                List.of(
                    ServerSettings.at(new Address.Tcp("10.0.0.1", 11211)),
                    ServerSettings.at(new Address.Tcp("10.0.0.2", 11211)))));
  }
}
