package io.fairlead.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  /** The first is of RFC 7914, the second of the documentation of passlib, others of Python. */
  @ParameterizedTest
  @CsvSource({
    "Password, $pbkdf2-sha256$80000$TmFDbA$TdzY9guYviGDDO5e8icB.WQaRBjQTAQUrv8Ih2s0q1Y",
    "password,"
        + " $pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44",
    "two words,"
        + " $pbkdf2-sha256$1500$ZmVkY2JhOTg3NjU0MzIxMA$Dkz.BE5HxMKsBhw5Ea6zudWQ0JoGYN9Yw7acDSB4lt8",
    "pä, $pbkdf2-sha256$1000$....//79AAE$.334Y6r71C1d8oRhVxvVmNQitfFyuaDDei1CHQ8RYpA",
  })
  void matchesThePasswordItWasMadeOf(String password, String hash) {
    PasswordHash parsed = PasswordHash.parse(hash);

    assertThat(parsed.matches(password.getBytes(UTF_8))).isTrue();
    assertThat(parsed.matches((password + " ").getBytes(UTF_8))).isFalse();
    assertThat(parsed.matches(password.substring(1).getBytes(UTF_8))).isFalse();
    assertThat(parsed.format()).isEqualTo(hash);
  }

  @Test
  void isOfTheBytesOfAPasswordWhateverTheyAre() {
    PasswordHash parsed =
        PasswordHash.parse(
            "$pbkdf2-sha256$1000$c2FsdA$GR9IcYdRgJIOnyVK3N.d2i91KjhmrKsylkRJlFoAivc");

    assertThat(parsed.matches("\u00ff\u00fe".getBytes(ISO_8859_1))).isTrue();
    assertThat(parsed.matches("\u00fe\u00fe".getBytes(ISO_8859_1))).isFalse();
  }

  @Test
  void readsTheUsualBase64WithPaddingToo() {
    String usual =
        "$pbkdf2-sha256$6400$+6UI/S+nXIk8jcbdHx3Fhg==$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44=";

    assertThat(PasswordHash.parse(usual).matches("password".getBytes(UTF_8))).isTrue();
  }

  @Test
  void isAnotherOneEachTimeForTheSamePassword() {
    byte[] password = "secret".getBytes(UTF_8);
    PasswordHash one = PasswordHash.of(password, 1000);
    PasswordHash other = PasswordHash.of(password, 1000);

    assertThat(one.format()).isNotEqualTo(other.format());
    assertThat(PasswordHash.parse(one.format()).matches(password)).isTrue();
    assertThat(PasswordHash.parse(other.format()).matches(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "$pbkdf2-sha256$999$c2FsdA$GR9IcYdRgJIOnyVK3N.d2i91KjhmrKsylkRJlFoAivc",
        "$pbkdf2-sha256$10000001$c2FsdA$GR9IcYdRgJIOnyVK3N.d2i91KjhmrKsylkRJlFoAivc",
        "$pbkdf2-sha256$99999999999$c2FsdA$GR9IcYdRgJIOnyVK3N.d2i91KjhmrKsylkRJlFoAivc",
        "$pbkdf2-sha256$1000$$GR9IcYdRgJIOnyVK3N.d2i91KjhmrKsylkRJlFoAivc",
        "$pbkdf2-sha256$1000$c2FsdA$GR9IcYdRgJIOnyVK3N.d2i91KjhmrKsylkRJlFoAi",
        "$pbkdf2-sha256$1000$c2FsdA$GR9IcYdRgJIOnyVK3N.d2i91Kjh!rKsylkRJlFoAivc",
        "$pbkdf2-sha256$1000$c2FsdA$",
        "$pbkdf2-sha512$1000$c2FsdA$GR9IcYdRgJIOnyVK3N.d2i91KjhmrKsylkRJlFoAivc",
      })
  void refusesWhatIsNoneWithoutRepeatingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PasswordHash.parse(text))
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain("hunter2", "c2FsdA", "GR9IcYdRgJI"));
  }

  @Test
  void showsNothingOfItself() {
    assertThat(PasswordHash.of("secret".getBytes(UTF_8), 1000))
        .hasToString("a hash with 1000 iterations");
  }
}
