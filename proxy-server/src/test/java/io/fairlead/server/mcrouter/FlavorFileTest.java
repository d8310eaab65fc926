package io.fairlead.server.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlavorFileTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void itsOptionsCountUnlessTheCommandLineSaysOtherwise() throws Exception {
    Path flavor =
        write(
            "web.json",
            """
            // which one
            {"options": {"config_file": "/etc/a.json", "server_timeout_ms": 300, /* ms */
                         "num_proxies": "4", "enable_flush_cmd": true, "nonsense": "1",},
             "other": [1, {"a": null}, "b\\"c", ],}
            """);

    McrouterOptions options = Options.of("-p", "5000", flavor.toString(), "--num-proxies=2");

    assertThat(options.config()).isEqualTo(new ConfigSource.InFile(Path.of("/etc/a.json")));
    assertThat(options.servers().timeout()).isEqualTo(Duration.ofMillis(300));
    assertThat(options.threads().count()).isEqualTo(2);
    assertThat(options.routing().flushAllowed()).isTrue();
    assertThat(options.process().router()).isEqualTo("web");
    assertThat(options.options()).containsEntry("flavor_name", flavor.toString());
    assertThat(options.warnings()).containsExactly("Unknown option name: nonsense=1 in " + flavor);
  }

  @Test
  void aSecondFileHasTheOptionsOfTheServer() throws Exception {
    write(
        "web-standalone.json",
        """
        {"standalone_options": {"ports": "5000,5001"},
         "libmcrouter_options": {"config_str": "{}"}}
        """);

    McrouterOptions options = Options.of(folder.resolve("web.json").toString());

    assertThat(options.listen().ports()).containsExactly(5000, 5001);
    assertThat(options.config()).isEqualTo(new ConfigSource.Inline("{}"));
    assertThat(options.process().router()).isEqualTo("web");
  }

  @Test
  void aFileWithoutExtensionHasASecondOneToo() throws Exception {
    write("web", "{\"options\": {\"config_str\": \"{}\"}}");
    write("web-standalone", "{\"standalone_options\": {\"ports\": \"5000\"}}");

    McrouterOptions options = Options.of(folder.resolve("web").toString());

    assertThat(options.listen().ports()).containsExactly(5000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web",
        "[]",
        "{",
        "{\"options\"",
        "{\"options\": }",
        "{\"options\": {\"a\" \"b\"}}",
        "{options: {}}",
        "{\"options\": {\"a\": #}}"
      })
  void aFileThatIsNoJsonIsRefused(String text) throws Exception {
    Path flavor = write("web.json", text);

    McrouterMistake mistake =
        catchThrowableOfType(McrouterMistake.class, () -> Options.with(flavor.toString()));

    assertThat(mistake).hasMessageStartingWith(flavor + ":1:").hasMessageContaining("(expected: ");
  }

  @Test
  void namesTheLineThatIsWrong() throws Exception {
    Path flavor = write("web.json", "{\"options\": {\n\"a\": 1,\n\"b\" 2}}");

    McrouterMistake mistake =
        catchThrowableOfType(McrouterMistake.class, () -> Options.with(flavor.toString()));

    assertThat(mistake).hasMessageStartingWith(flavor + ":3:5: ");
  }

  @Test
  void aFileWithoutOptionsIsRefused() throws Exception {
    Path flavor = write("web.json", "{\"pools\": {}}");

    McrouterMistake mistake =
        catchThrowableOfType(McrouterMistake.class, () -> Options.with(flavor.toString()));

    assertThat(mistake)
        .hasMessage(flavor + ":1:1: options: not given (expected: the key in this object)");
  }

  @Test
  void aBadValueIsRefusedWithItsFile() throws Exception {
    Path flavor = write("web.json", "{\"options\": {\"server_timeout_ms\": \"soon\"}}");

    McrouterMistake mistake =
        catchThrowableOfType(McrouterMistake.class, () -> Options.with(flavor.toString()));

    assertThat(mistake)
        .hasMessage(flavor + ": server_timeout_ms: soon (expected: a number of at least 1)");
  }

  @Test
  void aValueThatIsNoneIsRefusedWithItsPlace() throws Exception {
    Path flavor = write("web.json", "{\"options\": {\n  \"server_timeout_ms\": [1]}}");

    McrouterMistake mistake =
        catchThrowableOfType(McrouterMistake.class, () -> Options.with(flavor.toString()));

    assertThat(mistake)
        .hasMessage(
            flavor
                + ":2:24: options.server_timeout_ms: [1]"
                + " (expected: a text, an integer, true or false)");
  }

  @Test
  void aFolderOfThatNameIsNone() throws Exception {
    assertThat(Options.with(folder.toString()).warnings())
        .containsExactly("ignored, as it belongs to no option: " + folder);
  }
}
