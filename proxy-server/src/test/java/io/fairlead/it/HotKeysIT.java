package io.fairlead.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.HotKeySettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.hotkey.HotKey;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests of every form to a real memcached, and what the proxy says of their keys. */
@ExtendWith(LeakCheck.class)
class HotKeysIT {
  private static final int CLIENTS = 8;

  @ParameterizedTest
  @EnumSource(Mode.class)
  void countsTheKeysOfAllRequestsOfAllLoops(Mode mode) throws Exception {
    try (MemcachedServer memcached = Memcached.start();
        MemcachedServer other = Memcached.start();
        Proxy proxy = start(mode, HotKeySettings.DEFAULT, memcached, other)) {
      for (int i = 0; i < CLIENTS; i++) {
        try (RawClient client = RawClient.connect(proxy.addresses().get(0))) {
          askForEightKeys(client, "cold-" + i + "-");
        }
      }

      Map<String, HotKey> hot =
          proxy.hotKeys().stream().collect(Collectors.toMap(HotKey::key, key -> key));

      assertThat(proxy.hotKeys()).hasSizeLessThanOrEqualTo(20);
      assertThat(proxy.hotKeys().get(0).key()).isEqualTo("hot");
      assertThat(requireNonNull(hot.get("hot")).pool()).isEqualTo("main");
      assertThat(requireNonNull(hot.get("hot")).share()).isCloseTo(5 / 8.0, within(0.01));
      assertThat(requireNonNull(hot.get("hot")).perSecond()).isPositive();
      assertThat(requireNonNull(hot.get("cold-0-a")).share()).isCloseTo(1 / 64.0, within(0.01));
    }
  }

  private static void askForEightKeys(RawClient client, String cold) {
    client.send("get hot " + cold + "a hot\r\n").expect("END\r\n");
    client.send("delete hot\r\n").expect("NOT_FOUND\r\n");
    client.send("mg hot v\r\n").expect("EN\r\n");
    client.send("mg aG90 b v\r\n").expect("EN\r\n");
    client.send("set " + cold + "b 0 0 1 noreply\r\nx\r\nmn\r\n").expect("MN\r\n");
    client.send("incr " + cold + "c 1\r\n").expect("NOT_FOUND\r\n");
    client.send("version\r\n").expect("VERSION " + ProxySettings.DEFAULT_VERSION + "\r\n");
  }

  @Test
  void largeValuesCountToo() throws Exception {
    try (MemcachedServer memcached = Memcached.start();
        Proxy proxy = start(Mode.SHARDED, HotKeySettings.DEFAULT, memcached);
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      String value = "v".repeat(200_000);
      client.send("set large 0 0 200000\r\n" + value + "\r\n").expect("STORED\r\n");

      assertThat(proxy.hotKeys()).extracting(HotKey::key).containsExactly("large");
    }
  }

  @Test
  void aReloadForgetsNothingUntilItIsSwitchedOff() throws Exception {
    try (MemcachedServer memcached = Memcached.start();
        Proxy proxy = start(Mode.SHARDED, HotKeySettings.DEFAULT, memcached);
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      client.send("get customer:4711\r\n").expect("END\r\n");

      proxy.update(settings(Mode.SHARDED, show(HotKeySettings.Show.SHORT), memcached));
      assertThat(proxy.hotKeys()).extracting(HotKey::key).containsExactly("customer...");

      proxy.update(settings(Mode.SHARDED, HotKeySettings.OFF, memcached));
      client.send("get customer:4711\r\n").expect("END\r\n");
      assertThat(proxy.hotKeys()).isEmpty();

      proxy.update(settings(Mode.SHARDED, show(HotKeySettings.Show.HASH), memcached));
      assertThat(proxy.hotKeys()).isEmpty();
    }
  }

  private static HotKeySettings show(HotKeySettings.Show show) {
    return new HotKeySettings(true, 5, show);
  }

  private static Proxy start(Mode mode, HotKeySettings hotKeys, MemcachedServer... servers)
      throws IOException {
    return Proxy.start(settings(mode, hotKeys, servers));
  }

  private static ProxySettings settings(
      Mode mode, HotKeySettings hotKeys, MemcachedServer... servers) {
    List<ServerSettings> members =
        List.of(servers).stream()
            .map(server -> ServerSettings.at(new Address.Tcp(server.host(), server.port())))
            .toList();
    return ProxySettings.of(
            List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), "main")),
            List.of(PoolSettings.with("main", mode, members).hotKeys(hotKeys).build()))
        .admin(AdminSettings.DEFAULT) // opened by the process, not by the proxy
        .threads(new ThreadSettings(2, Transport.AUTO, true))
        .build();
  }
}
