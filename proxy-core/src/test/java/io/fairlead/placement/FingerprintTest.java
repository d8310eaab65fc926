package io.fairlead.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static String of(String yaml) {
    return Fingerprint.of(Pools.pool(yaml));
  }

  @Test
  void hasSixteenHexadecimalDigits() {
    assertThat(of("servers: [a, b, c]")).matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servers: [a, b, c]                         | servers: [c, a, b]
          servers: [a, b, c]                         | servers: [a, b, c], timeout: 1s
          servers: [{name: x, address: a}, b]        | servers: [{name: x, address: c}, b]
          servers: [{address: a, weight: 2}, {address: b, weight: 2}] | servers: [a, b]
          servers: [a, b], distribution: modula      | servers: [b, a], distribution: modula
          servers: [a]                               | servers: [a], hash: md5
          servers: [a, b], distribution: rendezvous  | servers: [b, a], distribution: rendezvous
          servers: [a, b], mode: replicated          | servers: [b, a], mode: replicated
          """)
  void isTheSameWhereKeysLiveOnTheSameServers(String one, String other) {
    assertThat(of(one)).isEqualTo(of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servers: [a, b, c]                         | servers: [a, b]
          servers: [a, b, c]                         | servers: [a, b, d]
          servers: [a, b]                            | servers: [a, {address: b, weight: 2}]
          servers: [a, b]                            | servers: [a, b], hash: md5
          servers: [a, b]                            | servers: [a, b], hash_tag: "{}"
          servers: [a, b]                            | servers: [a, b], distribution: modula
          servers: [a, b], distribution: modula      | servers: [{address: a, weight: 2}, {address: b, weight: 2}], distribution: modula
          servers: [a, b], distribution: ch3         | servers: [b, a], distribution: ch3
          servers: [a, b], distribution: ch3         | servers: [a, b], distribution: crc32
          servers: [a, b], distribution: ch3         | servers: [a, b], distribution: ch3, salt: x
          servers: [a, b], mode: replicated          | servers: [a, c], mode: replicated
          servers: [a]                               | servers: [b]
          servers: [a, {address: b, weight: 100000}] | servers: [c, {address: d, weight: 100000}]
          """)
  void differsWhereAKeyLivesElsewhere(String one, String other) {
    assertThat(of(one)).isNotEqualTo(of(other));
  }
}
