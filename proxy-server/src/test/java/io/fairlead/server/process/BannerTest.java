package io.fairlead.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BannerTest {
  @Test
  void writesAddressesAsUsersDo() throws UnknownHostException {
    assertThat(text(127, 0, 0, 1)).isEqualTo("127.0.0.1:5000");
    assertThat(text(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
        .isEqualTo("[0:0:0:0:0:0:0:1]:5000");
    assertThat(text(0, 0, 0, 0)).isEqualTo("*:5000");
    assertThat(Banner.text(UnixDomainSocketAddress.of("/run/f.sock")))
        .isEqualTo("unix:/run/f.sock");
  }

  @Test
  void namesAFewServersAndCountsMany() {
    assertThat(Banner.servers(servers(2))).isEqualTo("cache1:11211 cache2:11211");
    assertThat(Banner.servers(servers(30))).endsWith("cache8:11211 … of 30");
  }

  private static String text(int... ip) throws UnknownHostException {
    byte[] bytes = new byte[ip.length];
    for (int i = 0; i < ip.length; i++) {
      bytes[i] = (byte) ip[i];
    }
    return Banner.text(new InetSocketAddress(InetAddress.getByAddress(bytes), 5000));
  }

  private static List<ServerSettings> servers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> ServerSettings.at(new Address.Tcp("cache" + i, 11211)))
        .toList();
  }
}
