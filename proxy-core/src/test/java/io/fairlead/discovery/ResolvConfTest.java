package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolvConfTest {
  private static final List<String> POD =
      List.of(
          "# a comment",
          "nameserver 10.96.0.10",
          "nameserver fe80::1%eth0 ",
          "nameserver ::1",
          "nameserver 127.0.0.1:5353",
          "nameserver",
          "search shop.svc.cluster.local svc.cluster.local cluster.local. example.com",
          "options timeout:1 ndots:5 edns0");

  @Test
  void readsWhatItNeedsAndLeavesOutTheRest() {
    ResolvConf conf = ResolvConf.parse(POD);

    assertThat(conf.servers()).contains(at("10.96.0.10", 53), at("::1", 53), at("127.0.0.1", 5353));
    assertThat(conf.search())
        .containsExactly(
            "shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.com");
    assertThat(conf.dots()).isEqualTo(5);
  }

  @Test
  void missingFileMeansThisMachine() {
    ResolvConf conf = ResolvConf.read(Path.of("/no/such/resolv.conf"));

    assertThat(conf.servers()).containsExactly(at("127.0.0.1", 53));
    assertThat(conf.candidates("cache")).containsExactly("cache.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cache.example.org.              | cache.example.org.
          cache-0.c.shop.svc.cluster.local| cache-0.c.shop.svc.cluster.local.
          c.shop.svc.cluster.local        | c.shop.svc.cluster.local.
          c                               | c.shop.svc.cluster.local. c.svc.cluster.local. c.cluster.local. c.example.com. c.
          1.2.3.4.5.6                     | 1.2.3.4.5.6. 1.2.3.4.5.6.shop.svc.cluster.local. 1.2.3.4.5.6.svc.cluster.local. 1.2.3.4.5.6.cluster.local. 1.2.3.4.5.6.example.com.
          """)
  void namesOfTheClusterAreAskedForAsTheyStand(String host, String candidates) {
    assertThat(ResolvConf.parse(POD).candidates(host)).containsExactly(candidates.split(" ", -1));
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddresses.forString(address), port);
  }
}
