package io.fairlead.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.nodes.Node;

class DialectFinderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pools: {p: {servers: [a]}}                     | FAIRLEAD
          pools: {servers: [a]}                          | FAIRLEAD
          pools: {servers: {servers: [a]}}               | FAIRLEAD
          pools: {listen: {servers: [a]}}                | FAIRLEAD
          pools: 5                                       | FAIRLEAD
          listeners: [a]                                 | FAIRLEAD
          {pool: {servers: {}}, limits: {}}              | FAIRLEAD
          {}                                             | FAIRLEAD
          []                                             | FAIRLEAD
          word                                           | FAIRLEAD
          p: {listen: a, servers: [a]}                   | NUTCRACKER
          p: {listen: a}                                 | NUTCRACKER
          p: {servers: [a]}                              | NUTCRACKER
          p: {servers: a}                                | NUTCRACKER
          {p: {listen: a}, q: 5}                         | NUTCRACKER
          pools: {listen: a, servers: [a]}               | NUTCRACKER
          {limits: {listen: a}, version: {listen: a}}    | NUTCRACKER
          """)
  void tellsTheFormByWhatStandsAtTheTop(String yaml, Dialect expected) {
    Problems problems = new Problems("f.yml");
    Node root = requireNonNull(YamlText.compose(yaml, problems));

    assertThat(DialectFinder.find(root, new ConfigValue(problems, "", root))).isEqualTo(expected);
  }

  /** The keys that it knows are those of the reader, one by one. */
  @Test
  void knowsEveryKeyOfTheOwnForm() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigLoader.parse("{pools: {p: {servers: []}}, zzz: 1}", "f.yml"));
    String[] keys = e.problems().get(0).expected().replace("one of ", "").split(", ", -1);

    assertThat(DialectFinder.OWN_KEYS).containsExactlyInAnyOrder(keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x: 1", "{x: {}, y: [a]}", "p: {servers: {}}", "p: {listen: {a: b}}"})
  void aFileThatCouldBeNeitherGetsOneErrorWithBothShapes(String yaml) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml, "f.yml"));

    assertThat(e.problems()).hasSize(1);
    assertThat(e.getMessage())
        .contains("listeners and pools", "nutcracker.yml", "listen and servers");
  }
}
