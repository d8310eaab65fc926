package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any settings and any file; each case is named by its seed. */
class ConfigProperties {
  @Test
  void renderedSettingsLoadToEqualSettings() {
    for (int seed = 0; seed < 3000; seed++) {
      ProxySettings settings = new RandomSettings(seed).proxy();
      String yaml = ConfigWriter.render(settings);

      assertThat(ConfigLoader.parse(yaml, "seed " + seed)).as(yaml).isEqualTo(settings);
    }
  }

  @Test
  void anyDamageEitherLoadsOrIsRefusedWithPlacesOnOneLineEach() throws IOException {
    List<String> files = Documents.examples().stream().map(Documents::read).toList();
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      String yaml = files.get(random.nextInt(files.size()));
      for (int i = random.nextInt(4); i >= 0; i--) {
        yaml = damage(yaml, random);
      }
      assertLoadsOrIsRefused(yaml, seed);
    }
  }

  private static void assertLoadsOrIsRefused(String yaml, int seed) {
    int lines = yaml.split("\r\n|[\r\n\u0085\u2028\u2029]", -1).length;
    try {
      LoadedConfig loaded = ConfigLoader.read(yaml, "f.yaml");
      // Names and weights may be such that only a nutcracker.yml can say them.
      if (loaded.dialect() == Dialect.FAIRLEAD) {
        String rendered = ConfigWriter.render(loaded.settings());
        assertThat(ConfigLoader.parse(rendered, "f.yaml")).isEqualTo(loaded.settings());
      }
    } catch (ConfigException e) {
      assertThat(e.problems()).as("seed " + seed).isNotEmpty();
      assertThat(e.problems())
          .as("seed " + seed)
          .allSatisfy(
              problem -> {
                assertThat(problem.line()).isBetween(1, lines + 1);
                assertThat(problem.column()).isPositive();
                assertThat(problem.toString().chars()).noneMatch(c -> c < ' ');
              });
    }
  }

  private static String damage(String yaml, Random random) {
    int from = random.nextInt(yaml.length());
    int to = Math.min(yaml.length(), from + random.nextInt(8));
    return switch (random.nextInt(4)) {
      case 0 -> yaml.substring(0, from) + yaml.substring(to) + "\n";
      case 1 -> yaml.substring(0, to) + yaml.substring(from);
      case 2 -> yaml.substring(0, from) + any(random) + yaml.substring(from);
      default -> yaml.substring(0, from) + any(random) + yaml.substring(to);
    };
  }

  private static String any(Random random) {
    String[] pieces = {
      ":",
      ": ",
      "- ",
      "\n",
      "\t",
      "\r",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "!!str ",
      "\"",
      "'",
      "#",
      "---\n",
      "...\n",
      "? ",
      "|",
      ">",
      "%",
      "@",
      "`",
      "~",
      "null",
      "no",
      "\\",
      "<<: ",
      "0",
      "-1",
      "\u0000",
      "\u0085",
      "\u2028",
      "\ud83d\ude00",
      "\ud83d",
      "\uFEFF",
      "é",
      "  ",
      "999999999999"
    };
    return pieces[random.nextInt(pieces.length)];
  }
}
