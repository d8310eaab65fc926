package io.fairlead.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          CN=web                      | web
          CN=web,O=Tests,C=DE         | web
          O=Tests,cn=web              | web
          O=Tests                     | -
          CN=a\\,b,O=Tests            | a,b
          not a name                  | -
          """)
  void isTheCommonName(String subject, String name) {
    assertThat(PeerName.commonName(subject)).isEqualTo(name);
  }
}
