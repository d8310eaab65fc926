package io.fairlead.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadOptions.Foreign;
import io.fairlead.config.LoadOptions.Mcrouter;
import io.fairlead.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachReviewTest {
  private static final String POOL = "pools: { main: { servers: [a] } }\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          listeners: ["0.0.0.0:5000"]                          | 1:13: listeners[0]: 0.0.0.0:5000
          listeners: [{ address: "10.0.0.7:5000", pool: main }] | 1:24: listeners[0].address: 10.0.0.7:5000
          listeners: ["127.0.0.1:1", "[::]:5000"]              | 1:28: listeners[1]: [::]:5000
          listeners: [cache.example]                           | 1:13: listeners[0]: cache.example:5000
          admin: 0.0.0.0:5001                                  | 1:8: admin: 0.0.0.0:5001
          twemproxy_stats: 0.0.0.0:22222                       | 1:18: twemproxy_stats: 0.0.0.0:22222
          """)
  void aPortThatOtherMachinesCanReachIsAWarningAtItsPlace(String line, String place)
      throws IOException {
    assertThat(warnings("f.yaml", line + "\n" + POOL))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("f.yaml") + ":" + place + " (expected: 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "listeners: [\"127.0.0.1:5000\"]",
        "listeners: [\"127.8.8.8:5000\", \"[::1]:5002\", \"localhost:5003\"]",
        "listeners: [/run/fairlead.sock]",
        "admin: 127.0.0.1:7000",
        "admin: false",
      })
  void aPortOfThisMachineIsNone(String line) throws IOException {
    assertThat(warnings("f.yaml", line + "\n" + POOL)).isEmpty();
  }

  @Test
  void thePoolsOfANutcrackerFileHaveTheirOwnListeners() throws IOException {
    String file = "main:\n  listen: 0.0.0.0:22121\n  servers:\n    - a:11211:1\n";

    assertThat(warnings("n.yml", file))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("n.yml") + ":2:11: main.listen: 0.0.0.0:22121 (expected: ");
  }

  @Test
  void whereMcrouterListensStandsInNoFile() throws IOException {
    String file =
        "{ \"pools\": { \"A\": { \"servers\": [\"a:1\"] } }, \"route\": \"PoolRoute|A\" }";
    Mcrouter open = new Mcrouter(List.of(new Address.Tcp("0.0.0.0", 5000)), "/a/b/");

    assertThat(warnings("m.json", file, new LoadOptions(null, Foreign.DEFAULT, open)))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("m.json") + ": listeners[0]: 0.0.0.0:5000 (expected: ");
    assertThat(warnings("m.json", file)).isEmpty();
  }

  private List<String> warnings(String name, String text) throws IOException {
    return warnings(name, text, LoadOptions.NONE);
  }

  private List<String> warnings(String name, String text, LoadOptions options) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    FileReview review = FileReview.of(file, options);
    assertThat(review.problems()).isEmpty();
    return review.warnings().stream()
        .map(Problem::toString)
        .filter(warning -> warning.contains("other machines"))
        .toList();
  }
}
