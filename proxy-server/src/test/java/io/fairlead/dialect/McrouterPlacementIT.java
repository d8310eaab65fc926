package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.faults.Await;
import io.fairlead.health.ServerStatus;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxy stores keys on the server where mcrouter stores them: some of its recorded places. */
@ExtendWith(LeakCheck.class)
class McrouterPlacementIT {
  private static final String TAGS = "tags: ['10.0.0.1:11211', '10.0.0.2:11211', '10.0.0.3:11211']";

  private List<MemcachedServer> servers = List.of();

  @BeforeEach
  void startServers() {
    servers = Memcached.startAll(3);
  }

  @AfterEach
  void stopServers() {
    servers.forEach(MemcachedServer::close);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ch3                              ; a 1, b 2, key 0, key0 0, foo:bar 2, user:1000:profile 0
          ch3, salt: x                     ; a 0, b 2, key 2, key0 1, foo:bar 0, user:1000:profile 0
          crc32                            ; a 1, b 2, key 2, key0 2, foo:bar 1, user:1000:profile 2
          crc32, salt: x                   ; a 2, b 0, key 0, key0 0, foo:bar 0, user:1000:profile 1
          const_shard                      ; a 1, b 2, user:0:x 0, user:1:x 1, user:2:x 2, key 0
          'weighted_ch3, weights: [0, 0, 1]' ; a 2, b 2, key 2
          rendezvous                       ; a 0, b 2, key 2, key0 2, foo:bar 2
          'weighted_rendezvous, weights: [1, 0.5, 0.33333333333333331]' ; a 0, b 1, key 0, key0 1
          """)
  void storesEachKeyWhereMcrouterDoes(String distribution, String places) throws IOException {
    try (Proxy proxy = proxy(withTags(distribution));
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      for (String place : places.split(", ", -1)) {
        String key = place.substring(0, place.indexOf(' '));
        int server = Integer.parseInt(place.substring(key.length() + 1));
        client.send("set " + key + "|#|tail 0 0 1\r\nx\r\n").expect("STORED\r\n");
        client.send("mg " + key + "|#|tail v\r\n").expect("VA 1\r\nx\r\n");
        assertThat(holders(key + "|#|tail")).as(key).isEqualTo(List.of(server));
      }
    }
  }

  @Test
  void theKeysOfADeadServerFailAndNoOthersWithCh3() throws IOException {
    try (Proxy proxy = proxy("ch3, eject: { failures: 1 }");
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      client.send("set b 0 0 1\r\nx\r\nset key 0 0 1\r\ny\r\n").expect("STORED\r\nSTORED\r\n");

      eject(1, proxy, client, "a");

      client.send("set a 0 0 1\r\nz\r\n").expect("SERVER_ERROR server is ejected\r\n");
      client.send("get b key\r\n").expect("VALUE b 0 1\r\nx\r\nVALUE key 0 1\r\ny\r\nEND\r\n");
    }
  }

  @Test
  void theNextServerInOrderTakesTheKeysOfADeadOneWithRendezvous() throws IOException {
    try (Proxy proxy = proxy(withTags("rendezvous, eject: { failures: 1 }"));
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      eject(2, proxy, client, "b");

      client.send("set b 0 0 1\r\nx\r\nset key 0 0 1\r\ny\r\n").expect("STORED\r\nSTORED\r\n");
      assertThat(holders("b")).containsExactly(1);
      assertThat(holders("key")).containsExactly(0);
    }
  }

  private void eject(int server, Proxy proxy, RawClient client, String key) {
    servers.get(server).kill();
    Await.until(
        "server " + server + " is ejected",
        () -> {
          client.send("touch " + key + " 0\r\n").readLine();
          return proxy.servers().get(server).state() != ServerStatus.State.UP;
        });
  }

  /** The indexes of the running servers that have a key. */
  private List<Integer> holders(String key) {
    return servers.stream()
        .filter(MemcachedServer::isRunning)
        .filter(server -> has(server, key))
        .map(servers::indexOf)
        .toList();
  }

  private static boolean has(MemcachedServer server, String key) {
    try (RawClient client = RawClient.connect(server.address())) {
      return !client.send("get " + key + "\r\n").readLine().equals("END");
    }
  }

  private static String withTags(String distribution) {
    return distribution.contains("rendezvous") ? distribution + ", " + TAGS : distribution;
  }

  private Proxy proxy(String distribution) throws IOException {
    List<String> addresses = servers.stream().map(s -> s.host() + ":" + s.port()).toList();
    String pool = "{ servers: " + addresses + ", timeout: 2s, distribution: " + distribution + " }";
    return Proxy.start(
        ConfigLoader.parse(
            "{ listeners: ['127.0.0.1:0'], admin: false, pools: { main: " + pool + " } }",
            "fairlead.yaml"));
  }
}
