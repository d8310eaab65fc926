package io.fairlead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.TlsMemcached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real memcacheds are asked for their statistics. */
class MemcachedStatsIT {
  @TempDir Path folder;

  private static String yaml(String servers, String further) {
    return "listeners: [{address: 127.0.0.1:0}]\npools: {main: {servers: ["
        + servers
        + "], timeout: 2s, eject: false"
        + further
        + "}}\n";
  }

  private static String server(int port, String name) {
    return "{address: \"127.0.0.1:" + port + "\", name: " + name + "}";
  }

  @Test
  void showsWhatEachServerSaysOfItself() throws IOException {
    try (MemcachedServer memcached = Memcached.start("-m", "80");
        MonitoredProxy proxy =
            MonitoredProxy.start(
                yaml(
                    server(memcached.port(), "live") + ", " + server(FreePorts.next(), "dead"),
                    ", server_stats: 1s"));
        RawClient direct = RawClient.connect(memcached.address())) {
      direct.send("set k 0 0 1\r\nv\r\nget k\r\nget no\r\n").expect("STORED\r\n");

      Await.until(
          "it was asked after that",
          () -> proxy.scrape().sum("fairlead_memcached_get_misses_total") == 1);

      Scrape scrape = proxy.scrape();
      assertThat(scrape.sum("fairlead_memcached_curr_items")).isEqualTo(1);
      assertThat(scrape.sum("fairlead_memcached_get_hits_total")).isEqualTo(1);
      assertThat(scrape.sum("fairlead_memcached_limit_maxbytes")).isEqualTo(80 << 20);
      assertThat(scrape.text()).containsPattern("fairlead_memcached_info\\{.*version=\"1\\.");
      assertThat(scrape.samples())
          .as("a server that does not answer has none")
          .noneMatch(
              sample ->
                  sample.name().startsWith("fairlead_memcached_")
                      && "dead".equals(sample.labels().get("backend")));
    }
  }

  @Test
  void asksNobodyUnlessTold() throws IOException {
    try (MemcachedServer memcached = Memcached.start();
        MonitoredProxy proxy = MonitoredProxy.start(yaml(server(memcached.port(), "a"), ""));
        RawClient client = proxy.client()) {
      client.send("get k\r\n").expect("END\r\n");

      assertThat(proxy.scrape().names("fairlead_memcached_")).isEmpty();
    }
  }

  @Test
  void speaksTlsAndTellsThePassword() throws IOException {
    Authority authority = Authority.in(Files.createDirectory(folder.resolve("ca")));
    Path users = folder.resolve("users");
    Files.writeString(users, "proxy:secret\n");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
    try (TlsMemcached memcached =
            TlsMemcached.startWithUsers(authority.forServer("localhost"), users);
        MonitoredProxy proxy =
            MonitoredProxy.start(
                yaml(
                    server(memcached.port(), "a"),
                    ", server_stats: 1s, auth: \""
                        + users
                        + "\", tls: {ca: \""
                        + authority.certificate()
                        + "\"}"))) {
      Await.until("it has answered", () -> proxy.scrape().sum("fairlead_memcached_uptime") > 0);
    }
  }
}
