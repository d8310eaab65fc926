package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, sizes and addresses as they are written. */
class ValueTextTest {
  @ParameterizedTest
  @CsvSource({
    "0ms, 0",
    "250ms, 250",
    "2s, 2000",
    "1m, 60000",
    "90s, 90000",
    "9999999999ms, 9999999999"
  })
  void readsTimes(String text, long millis) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "1, 1ms",
    "1000, 1s",
    "1001, 1001ms",
    "60000, 1m",
    "61000, 61s",
    "3600000, 60m"
  })
  void writesTimesInTheirLargestWholeUnit(long millis, String text) {
    assertThat(DurationText.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "s", "1 s", "1S", "01s", "1.5s", "-1s", "+1s", "1h", "1us", "٣s", "1s\n"})
  void readsNoOtherTimes(String text) {
    assertThat(DurationText.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1k, 1024",
    "1K, 1024",
    "1KiB, 1024",
    "1kib, 1024",
    "3m, 3145728",
    "3MiB, 3145728",
    "2g, 2147483648",
    "2GiB, 2147483648",
    "999999999999999999g, 9223372036854775807"
  })
  void readsSizes(String text, long bytes) {
    assertThat(SizeText.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000, 1000",
    "1024, 1KiB",
    "1025, 1025",
    "1536, 1536",
    "2048, 2KiB",
    "1048576, 1MiB",
    "1049600, 1025KiB",
    "1073741824, 1GiB",
    "1099511627776, 1024GiB"
  })
  void writesSizesInTheirLargestWholeUnit(long bytes, String text) {
    assertThat(SizeText.format(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "k", "1 k", "1KB", "1MB", "1b", "1ki", "01", "-1", "1.5k", "0x10", "1_0"})
  void readsNoOtherSizes(String text) {
    assertThat(SizeText.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "a, a:7",
    "a:80, a:80",
    "a_b-c.d:80, a_b-c.d:80",
    "10.0.0.1, 10.0.0.1:7",
    "[::1], [::1]:7",
    "[::1]:80, [::1]:80",
    "[fe80::1%eth0]:80, [fe80::1%eth0]:80",
    "unix:/s, unix:/s",
    "/s, unix:/s",
    "/a b:1, unix:/a b:1",
    "a:0, a:0"
  })
  void readsAddresses(String text, String address) {
    assertThat(Address.parse(text, 7)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a:",
        "a:b",
        "a:-1",
        "a:65536",
        "a:٣",
        "::1",
        "[::1",
        "::1]",
        "[::1]80",
        "[]",
        "[a]:1",
        "1.2.3",
        "1.2.3.256",
        "unix:",
        "unix:a",
        "a b",
        "a/b",
        "a:1:2",
        "-a",
        "unix:/\0"
      })
  void readsNoOtherAddresses(String text) {
    assertThatThrownBy(() -> Address.parse(text, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text + " (expected: ");
  }

  @Test
  void aSocketPathFitsIntoTheAddressOfTheKernel() {
    assertThat(Address.parse("/" + "x".repeat(106), 7)).isInstanceOf(Address.Unix.class);
    assertThatThrownBy(() -> Address.parse("/" + "x".repeat(107), 7))
        .hasMessageEndingWith("(expected: an absolute socket path of at most 107 bytes)");
    assertThatThrownBy(() -> Address.parse("/" + "é".repeat(54), 7))
        .hasMessageEndingWith("(expected: an absolute socket path of at most 107 bytes)");
  }
}
