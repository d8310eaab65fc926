package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostIdTest {
  @Test
  void isOfTheFirstAddressThatOthersCanReach() {
    long id = HostId.of(addresses("10.1.2.3"));

    assertThat(id).isBetween(1L, 0xffffffffL);
    assertThat(
            HostId.of(addresses("127.0.0.1", "::1", "fe80::1", "169.254.1.1", "10.1.2.3", "::2")))
        .isEqualTo(id);
    assertThat(HostId.of(addresses("10.1.2.4"))).isNotEqualTo(id);
    assertThat(HostId.of(addresses("2001:db8::1"))).isNotEqualTo(id);
  }

  @Test
  void isZeroWithoutSuchAnAddress() {
    assertThat(HostId.of(addresses("127.0.0.1", "::1"))).isZero();
  }

  @Test
  void staysTheSame() {
    assertThat(HostId.ofThisHost()).isEqualTo(HostId.ofThisHost());
  }

  private static List<InetAddress> addresses(String... literals) {
    List<InetAddress> addresses = new ArrayList<>();
    for (String literal : literals) {
      try {
        addresses.add(InetAddress.getByName(literal));
      } catch (UnknownHostException e) {
        throw new AssertionError(literal, e);
      }
    }
    return addresses;
  }
}
