package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {
  private static final List<String> KNOWN =
      List.of("servers", "hash", "hash_tag", "timeout", "connect_timeout", "line", "get_line");

  @ParameterizedTest
  @CsvSource({
    "timout, timeout",
    "timeuot, timeout",
    "server, servers",
    "HASHTAG, hash_tag",
    "hash-tags, hash_tag",
    "conect_timeout, connect_timeout",
    "lines, line",
    "getline, get_line"
  })
  void findsTheKeyThatWasMeant(String word, String meant) {
    assertThat(NearestKey.of(word, KNOWN)).isEqualTo(meant);
    assertThat(NearestKey.hint(word, KNOWN)).isEqualTo("did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({"redis", "''", "x", "preconnect"})
  void keepsSilentWhenNothingIsNear(String word) {
    assertThat(NearestKey.of(word, KNOWN)).isNull();
    assertThat(NearestKey.hint(word, KNOWN)).isNull();
  }

  @Test
  void spendsNoTimeOnAVeryLongWord() {
    assertThat(NearestKey.of("servers".repeat(100_000), KNOWN)).isNull();
  }
}
