package io.fairlead.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A document is read or refused with its place, and reads back as it was when it is written. */
class JsonReaderFuzzTest {
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/json.dict")
  void readOrRefused(byte[] content) {
    try {
      Json root = JsonReader.read("f.json", content).root();
      readsBack(root, JsonWriter.compact(root));
      readsBack(root, JsonWriter.pretty(root));
    } catch (JsonException e) {
      assertThat(e.position().line()).isPositive();
      assertThat(e.position().column()).isPositive();
      assertThat(e).hasMessageContaining("(expected: ");
    }
  }

  private static void readsBack(Json root, String written) {
    Json again = JsonReader.read("f.json", written.getBytes(StandardCharsets.UTF_8)).root();
    assertThat(JsonWriter.compact(again)).isEqualTo(JsonWriter.compact(root));
  }
}
