package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPlacesTest {
  private final AddressPlaces places = new AddressPlaces(2);
  private int port = 1000;

  private SocketAddress client(String address) {
    return new InetSocketAddress(InetAddresses.forString(address), port++);
  }

  @Test
  void soManyOfOneAddressAreLetIn() {
    assertThat(places.take(client("10.0.0.1"))).isTrue();
    assertThat(places.take(client("10.0.0.1"))).isTrue();
    assertThat(places.take(client("10.0.0.1"))).isFalse();
    assertThat(places.take(client("10.0.0.1"))).isFalse();
    assertThat(places.take(client("10.0.0.2"))).isTrue();
  }

  @Test
  void placesComeBackAndNothingIsKeptOfThoseWhoAreGone() {
    for (int round = 0; round < 3; round++) {
      assertThat(places.take(client("10.0.0.1"))).isTrue();
      assertThat(places.take(client("10.0.0.1"))).isTrue();
      assertThat(places.take(client("10.0.0.1"))).isFalse();
      assertThat(places.size()).isOne();
      places.giveBack(client("10.0.0.1"));
      places.giveBack(client("10.0.0.1"));
      assertThat(places.size()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.2, false",
    "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "::1, ::2, true",
    "::1, 0.0.0.1, false",
    "1.2.3.4, 0:ffff:102:304::1, true", // a network that nobody has
    "1.2.3.4, 0:0:102:304::1, false",
  })
  void anIpv6NetworkCountsAsOneAddress(String one, String other, boolean same) {
    places.limit(1);
    assertThat(places.take(client(one))).isTrue();

    assertThat(places.take(client(other))).isEqualTo(!same);
  }

  @Test
  void anIpv4AddressIsTheSameOverIpv6() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = -1;
    mapped[12] = 10;
    mapped[15] = 1;
    InetAddress address = Inet6Address.getByAddress(null, mapped, 0);
    places.limit(1);

    assertThat(places.take(client("10.0.0.1"))).isTrue();

    assertThat(places.take(new InetSocketAddress(address, 1))).isFalse();
  }

  @Test
  void clientsOfAUnixSocketHaveNoAddress() {
    places.limit(1);
    for (int i = 0; i < 3; i++) {
      assertThat(places.take(UnixDomainSocketAddress.of("/run/x.sock"))).isTrue();
    }
    places.giveBack(UnixDomainSocketAddress.of("/run/x.sock"));
    assertThat(places.size()).isZero();
  }

  @Test
  void thoseWhoAreConnectedStayWhenTheLimitFallsAndCount() {
    places.take(client("10.0.0.1"));
    places.take(client("10.0.0.1"));

    places.limit(1);
    places.giveBack(client("10.0.0.1"));
    assertThat(places.take(client("10.0.0.1"))).isFalse();
    places.giveBack(client("10.0.0.1"));

    assertThat(places.take(client("10.0.0.1"))).isTrue();
  }
}
