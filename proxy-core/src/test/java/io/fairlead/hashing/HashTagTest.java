package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashTagTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {}, user:{42}:name, 42
          {}, {42}:name,      42
          {}, user:{42},      42
          {}, {42},           42
          {}, {4},            4
          {}, plain,          plain
          {}, {,              {
          {}, },              }
          {}, {},             {}
          {}, a{}b{c},        a{}b{c}
          {}, a{b,            a{b
          {}, a{,             a{
          {}, a}b,            a}b
          {}, a}b{c,          a}b{c
          {}, a}b{c}d,        c
          {}, a{{b}c},        {b
          {}, a{b}{c},        b
          {}, a{b}c}d,        b
          $$, a$b$c,          b
          $$, $b$,            b
          $$, a$$b$c$,        a$$b$c$
          $$, a$b,            a$b
          $$, $,              $
          """)
  void hashesWhatIsBetweenTheFirstPair(String tag, String key, String hashed) {
    byte[] bytes = ("{x}$" + key + "}$").getBytes(UTF_8);

    long range = HashTag.of(tag).rangeOf(bytes, 4, key.length());

    assertThat(new String(bytes, HashTag.startOf(range), HashTag.lengthOf(range), UTF_8))
        .isEqualTo(hashed);
  }

  @Test
  void hashesOnlyTheTaggedPart() {
    byte[] tagged = "user:{42}:name".getBytes(UTF_8);
    byte[] part = "42".getBytes(UTF_8);

    KeyHasher hasher = new KeyHasher(KeyHash.FNV1A_64, KeyBytes.SIGNED, HashTag.of("{}"));

    int hash = hasher.hash(tagged, tagged.length);

    assertThat(hash).isEqualTo(KeyHash.FNV1A_64.hash(part, 0, part.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}}", "é}"})
  void refusesOtherThanTwoAsciiCharacters(String text) {
    assertThatThrownBy(() -> HashTag.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: two ASCII characters)");
  }

  @Test
  void readsAsItIsConfigured() {
    assertThat(HashTag.of("{}")).hasToString("{}");
  }
}
