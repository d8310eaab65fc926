package io.fairlead.mcrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.AdminSettings;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ConfigWriter;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the real mcrouter 0.40.0 accepts is accepted, and what it refuses is refused. */
class ValidateVectorsTest {
  /** Where we differ on purpose, and why. */
  private static final Map<String, String> DIFFERENCES =
      Map.of("prefix nested", "a prefix selector may stand anywhere here");

  @TestFactory
  List<DynamicTest> agreesWithMcrouter() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream in = ValidateVectorsTest.class.getResourceAsStream("validate.tsv")) {
      assertThat(in).isNotNull();
      List<String> lines = new String(in.readAllBytes(), UTF_8).lines().skip(1).toList();
      assertThat(lines).hasSize(58);
      for (String line : lines) {
        String[] cells = line.split("\t", -1);
        String config =
            Setting.ofRoot(JsonReader.read("cell", cells[1].getBytes(UTF_8)).root()).text();
        boolean accepted = cells[2].equals("0") != DIFFERENCES.containsKey(cells[0]);
        tests.add(DynamicTest.dynamicTest(cells[0], () -> check(config, accepted)));
      }
    }
    return tests;
  }

  private static void check(String config, boolean accepted) {
    if (accepted) {
      assertConverts(read(config));
    } else {
      assertThatThrownBy(() -> read(config))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("f.json:1:");
    }
  }

  /** Written as our own YAML, it means the same. */
  private static void assertConverts(McrouterConfig config) {
    RouteTreeSettings tree = config.tree();
    ProxySettings settings =
        ProxySettings.of(
                List.of(ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, tree.name())),
                config.pools())
            .admin(AdminSettings.DEFAULT)
            .routes(List.of(tree))
            .build();
    if (!config.pools().isEmpty()) { // without any, our own form has nothing to serve
      String yaml = ConfigWriter.render(settings);
      assertThat(ConfigLoader.parse(yaml, "f.yaml")).as(yaml).isEqualTo(settings);
    }
  }

  private static McrouterConfig read(String config) {
    return McrouterReader.read(
        "f.json", config.getBytes(UTF_8), Path.of("."), McrouterDefaults.DEFAULT);
  }
}
