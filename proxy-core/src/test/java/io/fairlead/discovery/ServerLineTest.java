package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.1:11211               | FQDN     | 10.0.0.1          | 10.0.0.1:11211         | 1
          10.0.0.1:11212:3             | FQDN     | 10.0.0.1:11212    | 10.0.0.1:11212         | 3
          cache-0.example.com:11212:3 a| FQDN     | a                 | cache-0.example.com:11212 | 3
          cache-0.example.com          | FQDN     | cache-0.example.com | cache-0.example.com:11211 | 1
          cache-0.example.com:11212    | HOSTNAME | cache-0           | cache-0.example.com:11212 | 1
          10.0.0.1:11212               | HOSTNAME | 10.0.0.1          | 10.0.0.1:11212         | 1
          [::1]                        | FQDN     | ::1               | [::1]:11211            | 1
          [fd00::1]:11212              | FQDN     | fd00::1:11212     | [fd00::1]:11212        | 1
          [fd00::1]:11212:3            | HOSTNAME | fd00::1           | [fd00::1]:11212        | 3
          [fe80::1%eth0]:11211         | HOSTNAME | fe80::1%eth0      | [fe80::1%eth0]:11211   | 1
          [::ffff:10.0.0.1]:1          | HOSTNAME | ::ffff:10.0.0.1   | [::ffff:10.0.0.1]:1    | 1
          [::1]:11212:2 x # y          | FQDN     | x                 | [::1]:11212            | 2
          '  a:1  #b'                  | FQDN     | a:1               | a:1                    | 1
          """)
  void namesAServer(String line, Identity identity, String name, String address, int weight) {
    assertThat(ServerLine.parse(line, identity))
        .isEqualTo(new ServerSettings(name, Address.parse(address, 11211), weight));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# cache:1", "  # x"})
  void mayNameNone(String line) {
    assertThat(ServerLine.parse(line, Identity.FQDN)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:1 b c      | host:port[:weight] [name]
          a:0          | a port from 1 to 65535
          a:70000      | a port from 0 to 65535
          a:1:0        | a weight from 1 to 1000000
          a:1:99999999 | a weight from 1 to 1000000
          10.0.0.256:1 | a host name, or an IPv4 address
          fd00::1      | an IPv6 address in brackets, as in [::1]:11211
          [fd00::g]:1  | an IPv6 address between the brackets
          [::1]:0      | a port from 1 to 65535
          """)
  void thatIsNoneIsRefused(String line, String expected) {
    assertThatThrownBy(() -> ServerLine.parse(line, Identity.FQDN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: " + expected);
  }

  @Test
  void firstLabelOfANameIsThatOfAPod() {
    assertThat(ServerNames.firstLabel("cache-0.c.shop.svc.cluster.local")).isEqualTo("cache-0");
    assertThat(ServerNames.firstLabel("cache-0")).isEqualTo("cache-0");
    assertThat(ServerNames.firstLabel("10.0.0.1")).isEqualTo("10.0.0.1");
  }
}
