package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
  private final AllowedHosts hosts =
      new AllowedHosts("proxy1", List.of("Proxies.Example.com", "other"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:5001",
        "LOCALHOST",
        "proxy1",
        "PROXY1:80",
        "proxy1.",
        "127.0.0.1",
        "10.1.2.3:5001",
        "[::1]",
        "[::1]:5001",
        "[fd00::1]:5001",
        "::1",
        "proxies.example.com:1",
        "other",
        " other "
      })
  void takesAddressesAndItsOwnNames(String header) {
    assertThat(hosts.allows(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example.com",
        "evil.example.com:5001",
        "proxy1.evil.example.com",
        "localhost.evil.example.com",
        "127.0.0.1.evil.example.com",
        "example.com",
        "x.proxies.example.com",
        "[evil]",
        "[::1].evil.example.com",
        "1.2.3",
        "user@localhost",
        "localhost,evil.example.com",
        ":",
        "]["
      })
  void refusesAllOthers(String header) {
    assertThat(hosts.allows(header)).isFalse();
  }
}
