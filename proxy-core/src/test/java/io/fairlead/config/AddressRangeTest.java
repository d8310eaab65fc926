package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8,   127.0.0.1,        true",
    "127.0.0.0/8,   127.255.255.255,  true",
    "127.0.0.0/8,   128.0.0.1,        false",
    "10.0.0.1,      10.0.0.1,         true",
    "10.0.0.1,      10.0.0.2,         false",
    "10.0.0.128/25, 10.0.0.127,       false",
    "10.0.0.128/25, 10.0.0.200,       true",
    "0.0.0.0/0,     203.0.113.9,      true",
    "0.0.0.0/0,     ::1,              false",
    "::/0,          2001:db8::1,      true",
    "::/0,          127.0.0.1,        false",
    "::1,           ::1,              true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void containsWhatBeginsWithTheSameBits(String range, String address, boolean inside) {
    assertThat(AddressRange.parse(range).contains(InetAddresses.forString(address)))
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "::1/129",
        "10.0.0.0/",
        "10/8",
        "a/8"
      })
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "10.1.2.3", "::1", "2001:db8::/32", "0.0.0.0/0"})
  void isWrittenAsItIsRead(String text) {
    assertThat(AddressRange.parse(text)).hasToString(text);
  }
}
