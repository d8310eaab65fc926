package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingPartsTest {
  private final Placement whole =
      McrouterHash.RENDEZVOUS.over("", List.of("a", "b", "c", "d"), List.of(), index -> true);

  @ParameterizedTest
  @CsvSource({
    "1, a:b:c,     a",
    "2, a:b:c,     a:b",
    "3, a:b:c,     a:b:c",
    "4, a:b:c,     a:b:c",
    "1, a,         a",
    "1, :a,        ''",
    "2, a::b,      a:",
    "2, a:b|#|c:d, a:b",
  })
  void theRestDoesNotCount(int parts, String key, String counting) {
    Placement leading = new LeadingParts(whole, parts, ':');
    byte[] bytes = ("x:" + key).getBytes(US_ASCII);
    byte[] expected = counting.getBytes(US_ASCII);

    long hash = leading.hash(bytes, 2, key.length());

    assertThat(hash).isEqualTo(whole.hash(expected, 0, expected.length));
    assertThat(leading.serverOf(hash, bytes, 2, key.length()))
        .isEqualTo(whole.serverOf(hash, expected, 0, expected.length));
  }
}
