package io.fairlead.route.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "/*/*/,       /a/b/,        true",
    "/*/*/,       ///,          true",
    "/*/*/,       /a/,          false",
    "/*/*/,       /a/b/c/,      false",
    "/a/*/,       /a/b/,        true",
    "/a/*/,       /ab/b/,       false",
    "/a*/b/,      /a/b/,        true",
    "/a*/b/,      /aa/b/,       true",
    "/a*/b/,      /aa/bb/,      false",
    "/re*/*us/,   /region/bus/, true",
    "/re*/*us/,   /region/us/,  true",
    "/re*/*us/,   /region/use/, false",
    "/*a*a*/b/,   /banana/b/,   true",
    "/*a*a*/b/,   /bank/b/,     false",
    "/**/b/,      /x/b/,        true",
    "/*b/c/,      /bbb/c/,      true",
    "/a/b/,       /a/b/,        true",
    "/a/b/,       /a/c/,        false",
  })
  void aStarStandsForAnythingButASlash(String pattern, String text, boolean matches) {
    byte[] longer = Wire.bytes(pattern + "key*");

    assertThat(Glob.matches(longer, pattern.length(), Wire.bytes(text))).isEqualTo(matches);
    assertThat(Glob.isPattern(longer, pattern.length())).isEqualTo(pattern.contains("*"));
  }
}
