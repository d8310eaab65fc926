package io.fairlead.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.config.ConfigException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** A file of mcrouter, macros included, is read or refused within its bounds. */
class McrouterFileFuzzTest {
  /** Far above what the most expensive document that is not refused takes. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/json.dict")
  void readOrRefused(byte[] content) {
    long start = System.nanoTime();
    try {
      read(content);
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e).hasMessageContaining("(expected: ");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
  }

  private static void read(byte[] content) {
    McrouterReader.read(
        "f.json",
        content,
        Path.of("folder"),
        McrouterDefaults.DEFAULT,
        file -> {
          throw new NoSuchFileException(file.toString());
        });
  }
}
