package io.fairlead.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words and ranges of values that become keys of a configuration file are those of such a file. */
class WordsTest {
  private static final Map<String, Object> VALUES =
      Chart.map(Chart.read(Chart.FOLDER.resolve("values.schema.json")));
  private static final Map<String, Object> FILE =
      Chart.map(Chart.read(Chart.REPOSITORY.resolve("docs/fairlead.schema.json")));

  @ParameterizedTest
  @CsvSource({"hash", "distribution"})
  void wordsAreTheSame(String key) {
    assertThat(at(VALUES, "properties", "proxy", "properties", key).get("enum"))
        .isEqualTo(at(FILE, "$defs", "pool", "properties", key).get("enum"));
  }

  @ParameterizedTest
  @CsvSource({
    "serverFailureLimit, eject,   failures",
    "serverConnections,  pool,    connections",
    "threads,            threads, loops"
  })
  void rangesAreTheSame(String value, String group, String key) {
    Map<String, Object> given = numberOf(at(VALUES, "properties", "proxy", "properties", value));
    Map<String, Object> taken = numberOf(at(FILE, "$defs", group, "properties", key));

    assertThat(given.get("minimum")).isNotNull().isEqualTo(taken.get("minimum"));
    assertThat(given.get("maximum")).isNotNull().isEqualTo(taken.get("maximum"));
  }

  /** What is said of a number, where a word would do as well. */
  private static Map<String, Object> numberOf(Map<String, Object> property) {
    if (!(property.get("anyOf") instanceof List<?> choices)) {
      return property;
    }
    return choices.stream()
        .map(Values::asMap)
        .filter(choice -> "integer".equals(choice.get("type")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesOfHostsAreTheSame() {
    assertThat(at(VALUES, "properties", "admin", "properties", "hosts", "items").get("pattern"))
        .isEqualTo(at(FILE, "$defs", "admin", "properties", "hosts", "items").get("pattern"));
  }

  private static Map<String, Object> at(Map<String, Object> schema, String... path) {
    Map<String, Object> found = schema;
    for (String key : path) {
      found = Values.asMap(requireNonNull(found.get(key), key));
    }
    return found;
  }
}
