package io.fairlead.macro;

import static io.fairlead.macro.Expanding.assertExpands;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is drawn is what a program says that was compiled with g++ 12 from the same formulas. */
class WeightedHashTest {
  private static final String CHOICES = "{'a': 0.2, 'b': 1.0, 'cluster-é': 0.5, 'd': 0.0, 'e': 3}";

  @ParameterizedTest
  @CsvSource({
    "0, e",
    "1, cluster-é",
    "2, b",
    "3, cluster-é",
    "7, a",
    "8, b",
    "100, a",
    "-1, e",
    "9223372036854775807, cluster-é"
  })
  void drawsByAnInteger(long key, String expected) {
    assertExpands(
        "{}",
        "{'type': 'weightedHash', 'dictionary': " + CHOICES + ", 'key': " + key + "}",
        "'" + expected + "'");
  }

  @Test
  void drawsByTheHashOfAString() {
    assertExpands(
        "{}",
        "[{'type': 'weightedHash', 'dictionary': "
            + CHOICES
            + ", 'key': 'abcd'},"
            + "{'type': 'weightedHash', 'dictionary': "
            + CHOICES
            + ", 'key': 6660178300034425268}]",
        "['e','e']");
  }

  @Test
  void drawsAllTheSame() {
    String document =
        """
        {"x": {"type": "transform", "dictionary": "@range(@int(0),@int(9999))", "itemTransform":
          {"type": "weightedHash", "key": "%item%", "dictionary": CHOICES}}}
        """
            .replace("CHOICES", CHOICES.replace('\'', '"'));
    Json drawn =
        Objects.requireNonNull(((JsonObject) Expanding.expand(document).root()).value("x"));

    long sum = 0;
    for (Json choice : ((JsonArray) drawn).items()) {
      sum = sum * 31 + "abcde".indexOf(((JsonString) choice).text().charAt(0));
    }
    assertThat(sum).isEqualTo(1185161438469099842L);
  }
}
