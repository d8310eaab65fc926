package io.fairlead.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final long LATER = Attempts.REMEMBERED.toNanos();

  private final Attempts attempts = new Attempts();

  private static InetAddress address(String text) {
    return InetAddresses.forString(text);
  }

  private void fail(String from, int times, long at) {
    for (int i = 0; i < times; i++) {
      attempts.failed(address(from), at);
    }
  }

  @Test
  void areTooManyFromTheThirdOnForThatAddressAlone() {
    fail("192.0.2.1", 2, 0);
    assertThat(attempts.areTooMany(address("192.0.2.1"), 0)).isFalse();

    fail("192.0.2.1", 1, 0);
    assertThat(attempts.areTooMany(address("192.0.2.1"), 0)).isTrue();
    assertThat(attempts.areTooMany(address("192.0.2.2"), 0)).isFalse();
  }

  @Test
  void areForgottenAMinuteAfterTheLast() {
    fail("192.0.2.1", 3, 0);
    assertThat(attempts.areTooMany(address("192.0.2.1"), LATER)).isTrue();
    assertThat(attempts.areTooMany(address("192.0.2.1"), LATER + 1)).isFalse();

    fail("192.0.2.1", 1, LATER + 1);
    assertThat(attempts.areTooMany(address("192.0.2.1"), LATER + 1)).isFalse();
  }

  @Test
  void countForTheNetworkThatAMachineHasWithIpv6() {
    fail("2001:db8:0:1::1", 1, 0);
    fail("2001:db8:0:1::2", 1, 0);
    fail("2001:db8:0:1:ffff::3", 1, 0);

    assertThat(attempts.areTooMany(address("2001:db8:0:1::4"), 0)).isTrue();
    assertThat(attempts.areTooMany(address("2001:db8:0:2::1"), 0)).isFalse();
  }

  @Test
  void areKeptOfSoManyAddressesAndNotMore() {
    fail("192.0.2.1", 3, 0);
    for (int i = 0; i < 5000; i++) {
      fail("10.0." + i / 256 + "." + i % 256, 1, 1);
    }

    assertThat(attempts.size()).isEqualTo(4096);
    assertThat(attempts.areTooMany(address("192.0.2.1"), 1)).isFalse();
  }

  @Test
  void ofASocketOfThisMachineAreNotCounted() {
    for (int i = 0; i < 5; i++) {
      attempts.failed(null, 0);
    }

    assertThat(attempts.areTooMany(null, 0)).isFalse();
    assertThat(attempts.size()).isZero();
  }
}
