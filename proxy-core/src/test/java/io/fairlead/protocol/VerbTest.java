package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerbTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsLowerCaseWordOnly(Verb verb) {
    String word = verb.name().toLowerCase(Locale.ROOT);

    assertThat(at(word)).isEqualTo(verb);
    assertThat(Wire.text(verb.word())).isEqualTo(word);
    assertThat(at(verb.name())).isNull();
    assertThat(at(word + "x")).isNull();
    assertThat(at("x" + word)).isNull();
    assertThat(at(word.substring(0, word.length() - 1))).isNotEqualTo(verb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"g", "ge", "gett", "m", "mx", "zzz", "{", "`", "\u0080", "\0", "1", "_"})
  void nothingElseIsAVerb(String word) {
    assertThat(at(word)).isNull();
  }

  @Test
  void looksAtTheGivenLengthOnly() {
    assertThat(Verb.at(Wire.buffer("xgets"), 1, 3)).isEqualTo(Verb.GET);
    assertThat(Verb.at(Wire.buffer("xgets"), 1, 4)).isEqualTo(Verb.GETS);
  }

  @Test
  void knowsWhichLinesAValueFollows() {
    assertThat(Arrays.stream(Verb.values()).filter(Verb::hasValue))
        .containsExactlyInAnyOrder(
            Verb.SET, Verb.ADD, Verb.REPLACE, Verb.APPEND, Verb.PREPEND, Verb.CAS, Verb.MS);
  }

  @Test
  void knowsTheKindsOfRetrieval() {
    assertThat(Arrays.stream(Verb.values()).filter(Verb::returnsCas))
        .containsExactlyInAnyOrder(Verb.GETS, Verb.GATS);
    assertThat(Arrays.stream(Verb.values()).filter(Verb::touches))
        .containsExactlyInAnyOrder(Verb.GAT, Verb.GATS);
  }

  private static @Nullable Verb at(String word) {
    return Verb.at(Wire.buffer(word), 0, word.length());
  }
}
