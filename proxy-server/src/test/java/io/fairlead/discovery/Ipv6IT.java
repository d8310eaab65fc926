package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.net.InetAddresses;
import io.fairlead.config.Address;
import io.fairlead.config.DiscoverySettings;
import io.fairlead.config.Identity;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourceSettings;
import io.fairlead.config.SourceText;
import io.fairlead.faults.Await;
import io.fairlead.it.LeakCheck;
import io.fairlead.server.admin.AdminServer;
import io.fairlead.testkit.DnsServer;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.ScriptedBackend;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that have an IPv6 address alone. */
@ExtendWith(LeakCheck.class)
class Ipv6IT {
  @TempDir private Path folder;

  private DnsServer dns;

  @BeforeEach
  void start() {
    dns = DnsServer.start();
    dns.writeResolvConf(folder);
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  /** Where a pool has its servers from. */
  enum From {
    CONFIGURATION,
    HOST_NAME,
    DNS,
    FILE,
    ELASTICACHE
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void serverIsReached(From from) throws IOException {
    assumeThat(hasIpv6()).as("this machine has ::1").isTrue();
    int port = FreePorts.next();
    dns.host("six.test", "::1");
    try (MemcachedProcess server = MemcachedProcess.startAt("::1", port);
        ScriptedBackend endpoint = endpoint("six|::1|" + port);
        DiscoveringProxy proxy =
            DiscoveringProxy.start(pool(from, port, endpoint.port()), folder)) {
      assertThat(server.port()).isEqualTo(port);
      Await.until("a get reaches it", proxy::answersGet);

      String named = from == From.HOST_NAME ? "six.test" : "[::1]";
      assertThat(proxy.settings().pools().get(0).servers())
          .extracting(each -> each.address().toString())
          .containsExactly(named + ":" + port);
      assertThat(proxy.servers())
          .containsExactly((from == From.HOST_NAME ? "six.test" : "::1") + ":" + port);
    }
  }

  @Test
  void everyAddressOfANameIsAServerInIpv6Too() {
    dns.host("six.test", "fd00::2", "fd00:0:0:0:0:0:0:1");
    try (DiscoveringProxy proxy = DiscoveringProxy.start(lookedUp("dns://six.test"), folder)) {
      proxy.awaitServers("fd00::1", "fd00::2");
      assertThat(proxy.source().failures()).isZero();
      assertThat(proxy.settings().pools().get(0).servers())
          .extracting(server -> server.address().toString())
          .containsExactly("[fd00::1]:11211", "[fd00::2]:11211");
    }
  }

  @Test
  void statisticsShowItInBrackets() throws IOException {
    PoolSettings pool =
        PoolSettings.with(
                "p",
                PoolSettings.Mode.SHARDED,
                List.of(ServerSettings.at(Address.parse("[fd00::1]:11212", 1))))
            .preconnect(false)
            .build();
    try (DiscoveringProxy proxy = DiscoveringProxy.start(pool, folder);
        AdminServer admin = AdminServer.start(new Address.Tcp("127.0.0.1", 0), "1")) {
      admin.onServing(proxy.readings());
      admin.onReady();

      assertThat(page(admin, "stats"))
          .contains("\"server\":\"fd00::1:11212\",\"address\":\"[fd00::1]:11212\"");
      assertThat(page(admin, "metrics"))
          .contains("fairlead_backend_up{backend=\"fd00::1:11212\",pool=\"p\"}");
    }
  }

  private static String page(AdminServer admin, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + admin.address().getPort() + "/" + path);
    try (InputStream in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private PoolSettings pool(From from, int port, int endpoint) throws IOException {
    return switch (from) {
      case CONFIGURATION -> named(Address.parse("[::1]:" + port, 1));
      case HOST_NAME -> named(Address.parse("six.test:" + port, 1));
      case DNS -> lookedUp("dns://six.test:" + port);
      case FILE -> {
        Path file = Files.writeString(folder.resolve("servers"), "[::1]:" + port + "\n");
        yield lookedUp("file://" + file);
      }
      case ELASTICACHE ->
          PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of())
              .discovery(
                  new DiscoverySettings(
                      List.of(
                          new SourceSettings(
                              SourceText.parse("elasticache://127.0.0.1:" + endpoint),
                              Identity.ADDRESS)),
                      Duration.ofSeconds(60)))
              .build();
    };
  }

  private static PoolSettings named(Address address) {
    return PoolSettings.of("p", PoolSettings.Mode.SHARDED, List.of(ServerSettings.at(address)));
  }

  private static PoolSettings lookedUp(String url) {
    return PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of())
        .preconnect(false)
        .discovery(
            new DiscoverySettings(
                List.of(SourceSettings.at(SourceText.parse(url))), Duration.ofSeconds(60)))
        .build();
  }

  private static ScriptedBackend endpoint(String node) {
    String nodes = "1\n" + node + "\n";
    return ScriptedBackend.answering(
        line -> "CONFIG cluster 0 " + nodes.length() + "\r\n" + nodes + "\r\nEND\r\n");
  }

  private static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddresses.forString("::1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
