package io.fairlead.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private static final String DOCUMENT =
      """
      {
        "pools": {
          "A": {
            "servers": [
              "h:1",
              {}
            ],
            "weights": []
          }
        },
        "n": 1.5
      }
      """;

  @Test
  void indentsEachElement() {
    assertThat(JsonWriter.pretty(read(DOCUMENT))).isEqualTo(DOCUMENT);
  }

  @Test
  void writesCompactWithoutSpaces() {
    assertThat(JsonWriter.compact(read(DOCUMENT)))
        .isEqualTo("{\"pools\":{\"A\":{\"servers\":[\"h:1\",{}],\"weights\":[]}},\"n\":1.5}");
  }

  @Test
  void escapesWhatCannotBeSeen() {
    assertThat(JsonWriter.compact(read("\"\\u0000\\u007f\\u0085\\u2028 é\"")))
        .isEqualTo("\"\\u0000\\u007f\\u0085\\u2028 é\"");
  }

  @Test
  void shortensAValueForAMessage() {
    assertThat(read("[\"" + "x".repeat(60) + "\"]").shown())
        .isEqualTo("[\"" + "x".repeat(58) + "…");
    assertThat(read("[" + "1,".repeat(2000) + "]").shown()).isEqualTo("an array");
  }

  private static Json read(String text) {
    return JsonReader.read("f.json", text.getBytes(StandardCharsets.UTF_8)).root();
  }
}
