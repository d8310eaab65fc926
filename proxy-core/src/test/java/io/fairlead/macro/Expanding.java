package io.fairlead.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.json.Json;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonString;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Documents as the tests of this package write them. */
final class Expanding {
  private static final Map<String, Json> PARAMETERS =
      Map.of(
          "default-route", new JsonString(new Position("predefined", 1, 1), "/././"),
          "escaped", new JsonString(new Position("predefined", 1, 1), "100\\%"));

  private Expanding() {}

  static Expansion expand(String document, Path folder) {
    return Preprocessor.expand(
        "f.json", document.getBytes(StandardCharsets.UTF_8), folder, PARAMETERS);
  }

  static Expansion expand(String document) {
    return expand(document, Path.of("."));
  }

  /** Both without the quotes that JSON needs, so that tables can be read: ' stands for ". */
  static void assertExpands(String macros, String value, String expected) {
    String document = "{'macros': " + macros + ", 'x': " + value + '}';
    assertThat(JsonWriter.compact(expand(document.replace('\'', '"')).root()))
        .isEqualTo("{'x':".replace('\'', '"') + expected.replace('\'', '"') + '}');
  }

  static void assertRefused(String document, String expected) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> expand(document.replace('\'', '"')))
        .withMessage("f.json:" + expected.replace('\'', '"'));
  }
}
