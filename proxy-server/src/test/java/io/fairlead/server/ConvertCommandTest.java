package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  private static final String YAML =
      "pools: { main: { servers: [a, { name: \"no\", address: b, weight: 2 }], timeout: 1s } }\n";

  @TempDir private Path folder;

  @Test
  void printsAFileThatMeansTheSame() throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), YAML);

    Cli convert = Cli.run("convert", file.toString());

    assertThat(convert.out())
        .startsWith("# Converted from f.yaml by fairlead convert.\n\nlisteners:\n")
        .contains("\n    timeout: 1s\n");
    assertThat(ConfigLoader.parse(convert.out(), "out")).isEqualTo(ConfigLoader.load(file));
    assertThat(convert.err()).isEmpty();
    assertThat(convert.status()).isZero();
  }

  @Test
  void writesANewFileOnly() throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), YAML);
    Path out = folder.resolve("out.yaml");

    Cli first = Cli.run("convert", file.toString(), "-o", out.toString());
    Cli second = Cli.run("convert", file.toString(), "-o", out.toString());

    assertThat(first).isEqualTo(new Cli(0, "", ""));
    assertThat(ConfigLoader.load(out)).isEqualTo(ConfigLoader.load(file));
    assertThat(second.err())
        .isEqualTo("fairlead: " + out + " exists: remove it, or choose another name.\n");
    assertThat(second.status()).isEqualTo(1);
  }

  @Test
  void repeatsWarningsAsComments() throws IOException {
    Path file = Files.writeString(folder.resolve("f\nx: y"), "pools: { main: { servers: [] } }\n");

    Cli convert = Cli.run("convert", file.toString());

    assertThat(convert.out())
        .startsWith("# Converted from f?x: y by fairlead convert.\n")
        .contains("every request is answered with an error");
    assertThat(ConfigLoader.parse(convert.out(), "out")).isEqualTo(ConfigLoader.load(file));
  }

  @Test
  void tellsWhatANutcrackerDidDifferently() throws IOException {
    Path file = folder.resolve("nutcracker.yml");
    Files.writeString(
        file, "alpha:\n  listen: 127.0.0.1:22121\n  servers:\n    - 10.0.0.1:11211:1 a\n");

    Cli convert = Cli.run("convert", file.toString());
    Cli compatible = Cli.run("convert", file.toString(), "--multiget-failure", "error");

    assertThat(convert.out())
        .startsWith(
            """
            # Converted from nutcracker.yml by fairlead convert.
            #
            # Keys are placed as before. What will be different:
            # - requests fail after 1s (timeout); nutcracker waits for ever
            """)
        .contains("# Look at these:\n# - " + file + ":2:3: alpha.timeout: missing")
        .contains("multiget_failure)");
    assertThat(ConfigLoader.parse(convert.out(), "out")).isEqualTo(ConfigLoader.load(file));
    assertThat(compatible.out())
        .contains("    multiget_failure: error\n")
        .doesNotContain("multiget_failure)");
  }

  @Test
  void saysWhatOurOwnFormCannotSay() throws IOException {
    Path file = folder.resolve("nutcracker.yml");
    Files.writeString(
        file, "\"a b\":\n  listen: 127.0.0.1:22121\n  servers:\n    - 10.0.0.1:11211:1\n");

    Cli convert = Cli.run("convert", file.toString());

    assertThat(convert.out()).isEmpty();
    assertThat(convert.err())
        .startsWith(
            "fairlead: " + file + " has what Fairlead's own form cannot say: pools.\"a b\": ")
        .hasLineCount(1);
    assertThat(convert.status()).isEqualTo(1);
  }

  @Test
  void refusesOptionsThatAFileOfOurOwnHasKeysFor() throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), YAML);

    Cli convert = Cli.run("convert", file.toString(), "--key-bytes", "unsigned");

    assertThat(convert.err())
        .startsWith("fairlead: --key-bytes is for a nutcracker.yml, and " + file);
    assertThat(convert.status()).isEqualTo(2);
  }

  @Test
  void listsWhatIsWrongWithTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), "pools: {}\n");

    Cli convert = Cli.run("convert", file.toString());

    assertThat(convert.out()).isEmpty();
    assertThat(convert.err()).startsWith("fairlead: " + file + ":1:8: pools: {} (expected: ");
    assertThat(convert.status()).isEqualTo(1);
  }

  @Test
  void tellsWhatAMcrouterDidDifferently() throws IOException {
    Path file = folder.resolve("mcrouter.json");
    Files.writeString(
        file,
        """
        { // Keys that are split differently in two data centres.
          "pools": {"A": {"servers": ["10.0.0.1:11211", "10.0.0.2:11211"], "weights": [1]}},
          "named_handles": [
            {"type": "PoolRoute", "pool": "A", "name": "a", "rates": {"deletes_rate": 5}}],
          "route": {
            "type": "OperationSelectorRoute",
            "operation_policies": {
              "get": "PoolRoute|A",
              "delete": "a",
              "set": {"type": "AllSyncRoute", "children": ["a", "Pool|A"]}
            },
          },
          "routee": 1,
        }
        """);

    Cli convert = Cli.run("convert", file.toString());

    assertThat(convert.err()).isEmpty();
    assertThat(convert.out())
        .startsWith(
            """
            # Converted from mcrouter.json by fairlead convert.
            #
            # Keys are placed as before. What will be different:
            # - clients connect to 127.0.0.1:5000 (listeners); mcrouter takes that and more\
            """)
        .contains("# - deletes that cannot be delivered fail, unless there is a place to keep them")
        .contains("# - operations without a route are answered with an error that says so")
        .contains("# Look at these:\n# - " + file + ":")
        .contains("routee: unknown key")
        .contains("    weights: [1, 0.5]\n")
        .contains(
            """
            routes:
              mcrouter:
                by_routing_prefix:
                  "/././":
                    by_operation:
                      get: A
                      set: { replicate: [rate_limit, { servers: A }] }
                      delete: rate_limit
                      otherwise: false
                usual: "/././"
                multiget_failure: miss
                arithmetic_failure: miss
                error_text: native
              rate_limit: { rate_limit: A, deletes: 5 }
            """);
    assertThat(ConfigLoader.read(convert.out(), "out").warnings()).isEmpty();
  }

  @Test
  void convertsEveryExampleOfMcrouter() throws IOException {
    List<Path> examples;
    try (Stream<Path> files = Files.list(Path.of("../config-examples/mcrouter"))) {
      examples = files.filter(file -> !file.endsWith("two-regions-servers.json")).toList();
    }

    assertThat(examples).hasSizeGreaterThan(4);
    for (Path example : examples) {
      String[] command = {"convert", example.toString(), "--route-prefix", "/eqiad/mw/"};
      boolean hasRegions = example.endsWith("two-regions.json");
      Cli convert = Cli.run(Arrays.copyOf(command, hasRegions ? 4 : 2));

      assertThat(convert.err()).as(example.toString()).isEmpty();
      assertThat(ConfigLoader.parse(convert.out(), "out").routes()).hasSize(1);
    }
  }

  @Test
  void writesANutcrackerAgain() throws IOException {
    Path file = folder.resolve("nutcracker.yml");
    Files.writeString(
        file,
        "alpha:\n  listen: 127.0.0.1:22121\n  timeout: 400\n  servers:\n    - 10.0.0.1:1:1 a\n");
    Path ours = folder.resolve("ours.yaml");
    Cli.run("convert", file.toString(), "-o", ours.toString());

    Cli back = Cli.run("convert", ours.toString(), "--to", "twemproxy");

    assertThat(back.err()).isEmpty();
    assertThat(back.status()).isZero();
    assertThat(back.out())
        .startsWith(
            """
            # Converted from ours.yaml by fairlead convert.
            #
            # Keys are placed as before. What will be different:
            # - gets of different clients may travel to a server as one multi-get (coalesce);\
            """)
        .doesNotContain("is lost")
        .endsWith("  servers:\n    - 10.0.0.1:1:1 a\n");
    assertThat(ConfigLoader.parse(back.out(), "back.yml")).isEqualTo(ConfigLoader.load(file));
  }

  @Test
  void listsWhatANutcrackerHasNoWordsFor() throws IOException {
    Path file = folder.resolve("f.yaml");
    Files.writeString(
        file, "pools: { main: { servers: [a], timeout: 1s, eject: { then: error } } }\n");
    Path out = folder.resolve("out.yml");

    Cli convert = Cli.run("convert", file.toString(), "--to", "twemproxy", "-o", out.toString());

    assertThat(convert.out()).isEmpty();
    assertThat(convert.err())
        .startsWith("fairlead: a nutcracker.yml has no words for these, which are lost:\n")
        .contains("  pools.main.connect_timeout: 250ms\n", "  pools.main.eject: {…}\n");
    assertThat(convert.status()).isEqualTo(3);
    assertThat(out)
        .content()
        .contains("# What this form has no words for, and is lost:\n")
        .contains("# - pools.main.connect_timeout: 250ms\n")
        .contains("  auto_eject_hosts: false\n");
  }

  @Test
  void saysWhyNoPoolCanBeOneOfNutcrackers() throws IOException {
    Path file = folder.resolve("f.yaml");
    Files.writeString(file, "pools: { main: { mode: replicated, servers: [a, b] } }\n");

    Cli convert = Cli.run("convert", file.toString(), "--to", "twemproxy");

    assertThat(convert.out()).isEmpty();
    assertThat(convert.err())
        .isEqualTo(
            "fairlead: "
                + file
                + " has no pool that nutcracker can serve: pools.main: left out, as nutcracker has"
                + " no replicas.\n");
    assertThat(convert.status()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrongWithAMcrouter() throws IOException {
    Path file = Files.writeString(folder.resolve("mcrouter.json"), "{\"pools\": {}, \"route\": 1}");

    Cli convert = Cli.run("convert", file.toString());

    assertThat(convert.err())
        .startsWith("fairlead: " + file + ":1:24: route: 1 (expected: ")
        .hasLineCount(1);
    assertThat(convert.status()).isEqualTo(1);
  }
}
