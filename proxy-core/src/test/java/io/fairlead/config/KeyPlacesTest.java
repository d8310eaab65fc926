package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPlacesTest {
  private static final String YAML =
      """
      pools:
        main:
          servers: [a, { address: b, weight: 2 }]
          hash: md5
        "odd name":
          servers: []
      """;

  @ParameterizedTest
  @CsvSource({
    "pools.main,                      3, 5",
    "pools.main.servers,              3, 14",
    "pools.main.servers[1],           3, 18",
    "pools.main.servers[1].weight,    3, 40",
    "pools.main.hash,                 4, 11",
    "pools.\"odd name\".servers,      6, 14",
  })
  void knowsWhereAValueStands(String path, int line, int column) {
    Problem problem = KeyPlaces.of(YAML, "f.yaml").problem(path, "shown", "value", "right");

    assertThat(problem)
        .isEqualTo(new Problem("f.yaml", line, column, "shown", "value", "right", null));
  }

  @Test
  void pointsAtTheFileForWhatIsNotThere() {
    KeyPlaces places = KeyPlaces.of(YAML, "f.yaml");

    assertThat(places.has("pools.main.hash")).isTrue();
    assertThat(places.has("pools.main.timeout")).isFalse();
    assertThat(places.problem("pools.none", "x", "1", "2"))
        .hasToString("f.yaml: x: 1 (expected: 2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a: [",
        "a: &a [*a]",
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
        f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
        """
      })
  void survivesWhatIsNoConfiguration(String text) {
    assertThat(KeyPlaces.of(text, "f.yaml").has("pools")).isFalse();
  }
}
