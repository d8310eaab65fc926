package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.NutcrackerProcess;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One file with several pools, for nutcracker and for the proxy but for the ports: what is stored
 * through one is found through the other.
 */
@ExtendWith(LeakCheck.class)
class NutcrackerFileIT {
  private static final int KEYS = 2000;
  private static final int START_ATTEMPTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String POOLS =
      """
      tcp:
        listen: 127.0.0.1:TCP_PORT
        hash: fnv1a_64
        distribution: ketama
        timeout: 20000
        preconnect: true
        servers:
         - 127.0.0.1:FIRST:1
         - 127.0.0.1:SECOND:3
         - localhost:THIRD:1
      unix:
        listen: FOLDER/SOCKET 0620
        hash: murmur
        hash_tag: "{}"
        distribution: modula
        timeout: 20000
        server_connections: 2
        auto_eject_hosts: true
        server_failure_limit: 3
        server_retry_timeout: 2000
        servers:
         - 127.0.0.1:FIRST:2 zwei
         - 127.0.0.1:FIRST:1 eins
         - 127.0.0.1:THIRD:1 "drei"
      """;

  private static final String IPV6_POOL =
      """
      ipv6:
        listen: ::1:IPV6_PORT
        hash: md5
        timeout: 20000
        servers:
         - 127.0.0.1:SECOND:1
         - 127.0.0.1:THIRD:1 b
      """;

  @TempDir private Path folder;

  private List<MemcachedServer> servers = List.of();

  @BeforeEach
  void startServers() {
    servers = Memcached.startAll(3);
  }

  @AfterEach
  void stopServers() {
    servers.forEach(MemcachedServer::close);
  }

  @Test
  void placesEveryKeyWhereNutcrackerPlacesIt() throws Exception {
    String file = file();
    try (NutcrackerProcess nutcracker =
            NutcrackerProcess.start(
                file.replaceAll("\\w+_PORT", "0").replace("SOCKET", "theirs.sock"));
        Proxy proxy = startProxy(file.replace("SOCKET", "ours.sock"))) {
      List<SocketAddress> theirs = nutcracker.addresses();
      List<SocketAddress> ours = proxy.addresses();

      assertThat(ours).hasSameSizeAs(theirs).hasSize(hasIpv6() ? 3 : 2);
      for (int pool = 0; pool < ours.size(); pool++) {
        List<String> keys = keys(pool);
        store(theirs.get(pool), keys, "by nutcracker");
        find(ours.get(pool), keys, "by nutcracker");
        store(ours.get(pool), keys, "by the proxy");
        find(theirs.get(pool), keys, "by the proxy");
      }
      assertThat(permissions("ours.sock")).isEqualTo("rw--w----");
      assertThat(permissions("ours.sock")).isEqualTo(permissions("theirs.sock"));
    }
  }

  private String file() {
    return (hasIpv6() ? POOLS + IPV6_POOL : POOLS)
        .replace("FOLDER", folder.toString())
        .replace("FIRST", Integer.toString(servers.get(0).port()))
        .replace("SECOND", Integer.toString(servers.get(1).port()))
        .replace("THIRD", Integer.toString(servers.get(2).port()));
  }

  /** A port that was free may be taken by the time that it is listened on. */
  private static Proxy startProxy(String file) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String yaml =
          file.replace("TCP_PORT", Integer.toString(FreePorts.next()))
              .replace("IPV6_PORT", Integer.toString(FreePorts.next()));
      try {
        return Proxy.start(ConfigLoader.parse(yaml, "nutcracker.yml"));
      } catch (IOException e) {
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static boolean hasIpv6() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress("::1", 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String permissions(String socket) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(socket)));
  }

  private static List<String> keys(int pool) {
    List<String> keys = new ArrayList<>(KEYS);
    for (int i = 0; i < KEYS; i++) {
      keys.add((i % 2 == 0 ? "key:" + i : "k{" + i % 7 + "}:" + i) + ":" + pool);
    }
    return keys;
  }

  private static void store(SocketAddress address, List<String> keys, String mark) {
    StringBuilder requests = new StringBuilder();
    for (String key : keys) {
      String value = mark + " " + key;
      requests.append("set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n");
    }
    try (RawClient client = RawClient.connect(address).withDeadline(PATIENCE)) {
      client.send(requests.toString()).expect("STORED\r\n".repeat(keys.size()));
    }
  }

  private static void find(SocketAddress address, List<String> keys, String mark) {
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (String key : keys) {
      String value = mark + " " + key;
      requests.append("get " + key + "\r\n");
      replies.append("VALUE " + key + " 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n");
    }
    try (RawClient client = RawClient.connect(address).withDeadline(PATIENCE)) {
      client.send(requests.toString()).expect(replies.toString());
    }
  }
}
