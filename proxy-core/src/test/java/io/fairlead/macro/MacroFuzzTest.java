package io.fairlead.macro;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A document with macros is expanded to JSON or refused, within its bounds. */
class MacroFuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/json.dict")
  void expandedOrRefused(byte[] content) {
    long start = System.nanoTime();
    try {
      String written = JsonWriter.compact(expand(content).root());
      byte[] again = written.getBytes(StandardCharsets.UTF_8);
      assertThat(JsonWriter.compact(JsonReader.read("f.json", again).root())).isEqualTo(written);
    } catch (JsonException e) {
      assertThat(e).hasMessageContaining("(expected: ");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
  }

  /** Every file that it imports says the same as the document. */
  private static Expansion expand(byte[] content) {
    return Preprocessor.expand(
        "f.json", content, Path.of("folder"), Map.of(), file -> new ByteArrayInputStream(content));
  }
}
