package io.fairlead.route.copy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.hashing.Spooky;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShadowChoiceTest {
  private static final AnswerSettings NOWHERE = new AnswerSettings(AnswerSettings.Kind.NULL, "");

  private static boolean takes(ShadowChoice choice, String key) {
    return choice.takes(key.getBytes(US_ASCII), key.length());
  }

  private static ShadowChoice range(double from, double to) {
    return new ShadowChoice(new Shadow(NOWHERE, from, to, null, 1));
  }

  private static ShadowChoice list(@Nullable Set<String> keys) {
    return new ShadowChoice(new Shadow(NOWHERE, 0, 1, keys, 1));
  }

  /** Bounds are parts of 2^32 - 1, rounded down; both are in the range. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "key", "user:1234567890"})
  void takesKeysWhoseHashIsInTheRange(String key) {
    byte[] bytes = key.getBytes(US_ASCII);
    long hash = Integer.toUnsignedLong(new Spooky().hash32(bytes, 0, bytes.length, 0));
    double at = hash / (double) 0xffffffffL;
    double step = 1e-6;
    assertThat(takes(range(0, 1), key)).isTrue();
    assertThat(takes(range(at - step, at + step), key)).isTrue();
    assertThat(takes(range(0, at - step), key)).isFalse();
    assertThat(takes(range(at + step, 1), key)).isFalse();
  }

  @Test
  void takesAboutAsManyKeysAsTheRangeIsWide() {
    ShadowChoice tenth = range(0.4, 0.5);
    assertThat(IntStream.range(0, 10_000).filter(i -> takes(tenth, "key" + i)).count())
        .isBetween(900L, 1100L);
  }

  @ParameterizedTest
  @CsvSource({
    "a,              true",
    "b,              true",
    "c,              false",
    "ab,             false",
    "a|#|x,          true",
    "/region/x/a,    true",
    "/region/x/a|#|, true",
    "a|#,            false",
  })
  void takesListedKeysByThePartThatIsRoutedBy(String key, boolean taken) {
    assertThat(takes(list(Set.of("a", "b")), key)).isEqualTo(taken);
  }

  @Test
  void findsEachOfManyListedKeys() {
    Set<String> keys = new HashSet<>();
    IntStream.range(0, 1000).forEach(i -> keys.add("key" + i));
    ShadowChoice choice = list(keys);
    assertThat(keys).allMatch(key -> takes(choice, key));
    assertThat(IntStream.range(1000, 2000)).noneMatch(i -> takes(choice, "key" + i));
    assertThat(takes(list(Set.of()), "a")).isFalse();
  }

  @Test
  void takesAPartOfTheRequests() {
    ShadowChoice none = new ShadowChoice(new Shadow(NOWHERE, 0, 1, null, 0));
    ShadowChoice half = new ShadowChoice(new Shadow(NOWHERE, 0, 1, null, 0.5));
    assertThat(IntStream.range(0, 1000)).noneMatch(i -> takes(none, "a"));
    assertThat(IntStream.range(0, 10_000).filter(i -> takes(half, "a")).count())
        .isBetween(4500L, 5500L);
  }
}
