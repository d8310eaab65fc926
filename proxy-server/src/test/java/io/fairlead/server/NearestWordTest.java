package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> WORDS = List.of("serve", "demo", "--threads", "--transport");

  @ParameterizedTest
  @CsvSource({"sevre, serve", "dmeo, demo", "serv, serve", "--treads, --threads"})
  void findsTheWordThatWasMeant(String typed, String meant) {
    assertThat(NearestWord.to(typed, WORDS)).contains(meant);
  }

  @Test
  void offersNothingFarFetched() {
    assertThat(NearestWord.to("benchmark", WORDS)).isEmpty();
    assertThat(NearestWord.to("", WORDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ab, ab, 0", "ab, ba, 1", "ab, b, 1", "ab, abc, 1", "ab, xy, 2", "'', abc, 3"})
  void countsTheLettersToChange(String a, String b, int distance) {
    assertThat(NearestWord.distance(a, b)).isEqualTo(distance);
  }
}
