package io.fairlead.mcrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.config.ConfigException;
import io.fairlead.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** A file with many mistakes is told all of them. */
class MistakesTest {
  private static final String POOLS =
      "'pools': {'A': {'servers': ['a:1', 'b:1']}, 'B': {'servers': ['c:1']}}";
  private static final Pattern VALUE = Pattern.compile("'[^']*'(?! *:)|\\b[0-9.]+\\b|\\btrue\\b");

  @Test
  void allAreToldInTheOrderOfTheFile() throws IOException {
    byte[] file = content("mistakes.json");
    String expected = new String(content("mistakes.txt"), UTF_8);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                McrouterReader.read("mistakes.json", file, Path.of("."), McrouterDefaults.DEFAULT))
        .satisfies(e -> assertThat(e.getMessage() + "\n").isEqualTo(expected))
        .satisfies(e -> assertThat(e.problems()).hasSize(18));
  }

  @Test
  void aMistakeIsToldOnceHoweverManyRoutesLeadThere() {
    String pools = "'pools': {'A': {'servers': ['a'], 'keep_routing_prefix': true}}";
    String routes = "{'/././': 'PoolRoute|A', '/a/b/': ['PoolRoute|A'], '/c/d/': 'PoolRoute|A'}";

    assertThat(problems("{" + pools + ", 'routes': " + routes + "}"))
        .containsExactly("pools.A.servers[0]");
  }

  @Test
  void thereIsAnEndToIt() {
    String children =
        IntStream.range(0, 100).mapToObj(i -> "'Wrong|" + i + "'").collect(Collectors.joining(","));

    assertThat(problems("{'route': {'type': 'RandomRoute', 'children': [" + children + "]}}"))
        .hasSize(Findings.MOST_MISTAKES)
        .startsWith("route.children[0]");
  }

  /** mcrouter leaves it out, and so do we. */
  @Test
  void aMistakeInAShadowIsStillAWarning() {
    McrouterConfig config =
        Configs.read("{'type': 'PoolRoute', 'pool': 'A', 'shadows': [{'target': 'Wrong|x'}]}");

    assertThat(config.warnings()).hasSize(1);
  }

  /** What follows from a mistake is none. */
  @Test
  void tagsForAChildThatIsRefusedAreNoMistake() {
    String policy = "{'type': 'RendezvousPolicy', 'tags': ['a', 'b', 'c']}";

    assertThat(
            problems(
                "{'route': {'type': 'FailoverRoute', 'children': ['Pool|A'],"
                    + " 'failover_policy': "
                    + policy
                    + "}}"))
        .containsExactly("route.children[0]");
  }

  /** Every value of every kind of route is replaced by others, one after the other. */
  @Test
  void nothingThatIsReadInPlaceOfAMistakeIsAMistakeOfOurs() {
    int refused = 0;
    for (Arguments form : HandlesTest.forms().toList()) {
      String route = (String) Objects.requireNonNull(form.get()[0]);
      Matcher value = VALUE.matcher(route);
      while (value.find()) {
        for (String other : List.of("'x'", "-7", "[]", "{}", "null", "['Wrong|x']")) {
          String changed = route.substring(0, value.start()) + other + route.substring(value.end());
          refused += problems("{" + POOLS + ", 'route': " + changed + "}").isEmpty() ? 0 : 1;
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  private static List<String> problems(String json) {
    try {
      Configs.parse(json);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(Problem::path).toList();
    }
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream in = MistakesTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
