package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.discovery.DiscoveryPlaces;
import io.fairlead.testkit.ApiServer;
import io.fairlead.testkit.DnsServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about a file whose servers are looked up. */
class LookupIT {
  @TempDir private Path folder;

  private DnsServer dns;
  private URI kubernetes = URI.create("https://127.0.0.1:1");

  @BeforeEach
  void start() {
    dns = DnsServer.start();
    dns.writeResolvConf(folder);
    dns.host("cache.test", "10.0.0.1", "10.0.0.2", "fd00::1");
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void checkMeasuresWhatSourcesName() throws IOException {
    Path file = config("10.0.0.9", "dns://cache.test:11212");

    Cli check = run("check", file.toString());

    assertThat(check.out())
        .startsWith(
            file
                + """
                : ok: 1 pool, 4 servers, 1 listener, 1 warning
                  pool main: dns://cache.test:11212 names 10.0.0.1:11212, 10.0.0.2:11212, [fd00::1]:11212
                  pool main: ketama, murmur; % of 10000 keys like these on each server
                """)
        .contains("    fd00::1:11212   [fd00::1]:11212       1      25.0  ");
    assertThat(check.err()).contains("identity: address").hasLineCount(1);
    assertThat(check.status()).isZero();
  }

  @Test
  void checkWarnsOfASourceThatCannotBeAsked() throws IOException {
    Path file = config("10.0.0.9", "dns+srv://_m._tcp.gone.test");

    Cli check = run("check", file.toString());

    assertThat(check.out()).startsWith(file + ": ok: 1 pool, 1 server, 1 listener, ");
    assertThat(check.err())
        .contains(
            "  warning: "
                + file
                + ":2:20: pools.main.servers: dns+srv://_m._tcp.gone.test (expected: an answer, to"
                + " know its servers, which are left out here: _m._tcp.gone.test: no such"
                + " service)");
    assertThat(check.status()).isZero();
    assertThat(run("check", "--strict", file.toString()).status()).isEqualTo(1);
  }

  @Test
  void checkTellsAboutSourcesInJson() throws IOException {
    Path file = config("file://" + folder.resolve("gone"), "dns://cache.test:11211");

    Cli check = run("check", "--format", "json", file.toString());

    assertThat(check.out())
        .contains(
            "\"sources\":[{\"pool\":\"main\",\"source\":\"file://" + folder.resolve("gone"),
            "\"state\":\"failing\",\"servers\":[],\"problem\":",
            "{\"pool\":\"main\",\"source\":\"dns://cache.test:11211\",\"state\":\"ok\","
                + "\"servers\":[\"10.0.0.1\",\"10.0.0.2\",\"fd00::1\"]}");
  }

  @Test
  void whereFindsKeysOnServersThatAreLookedUp() throws IOException {
    Path file = config("dns://cache.test:11211");

    Cli where = run("where", "--config", file.toString(), "k");

    assertThat(where.out()).containsAnyOf(" 10.0.0.1 ", " 10.0.0.2 ", " fd00::1 ");
    assertThat(where.err())
        .isEqualTo(
            "pool main: dns://cache.test:11211 names 10.0.0.1:11211, 10.0.0.2:11211,"
                + " [fd00::1]:11211\n");
    assertThat(where.status()).isZero();
  }

  @Test
  void whereReadsServersFromAFile() throws IOException {
    Path servers = folder.resolve("servers.txt");
    Files.writeString(servers, "[::1]:11212 a\n");
    Path file = config("file://" + servers);

    Cli where = run("where", "--config", file.toString(), "k");

    assertThat(where.out()).contains("  a       [::1]:11212  ");
    assertThat(where.err()).isEqualTo("pool main: file://" + servers + " names a=[::1]:11212\n");
  }

  @Test
  void explainFollowsARequestToAServerThatIsLookedUp() throws IOException {
    dns.host("cache.test", "10.0.0.1");
    Path file = config("dns://cache.test:11211");

    Cli explain = run("explain", "--config", file.toString(), "get", "k");

    assertThat(explain.out()).contains("server: 10.0.0.1");
    assertThat(explain.status()).isZero();
  }

  @Test
  void endpointsOfAServiceAreFound() throws IOException {
    Files.writeString(folder.resolve("token"), "t");
    try (ApiServer api = ApiServer.start()) {
      kubernetes = api.uri();
      api.put(
          "s1",
          """
          "addressType": "IPv6", "ports": [{"name": "memcache", "port": 11211}],
          "endpoints": [{"addresses": ["fd00::5"], "hostname": "cache-0"}]
          """);

      Cli where = run("where", "--config", config("k8s://ns/cache").toString(), "k");

      assertThat(where.err())
          .isEqualTo("pool main: k8s://ns/cache names cache-0=[fd00::5]:11211\n");
      assertThat(where.out()).contains("  cache-0  [fd00::5]:11211  ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check FILE", "where --config FILE k", "explain --config FILE get k"})
  void nobodyIsAskedWithoutLookup(String command) throws IOException {
    String file = config("10.0.0.9", "dns://gone.test").toString();

    Cli run = run((command.replace("FILE", file) + " --no-lookup").split(" ", -1));

    assertThat(run.err()).doesNotContain("left out");
    assertThat(run.status()).isZero();
    assertThat(dns.questions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "check FILE, ' dns://gone.test:11211 (expected: an answer, to know its servers'",
    "where --config FILE k, 'warning: pool main: dns://gone.test:11211 has not named its servers'",
    "explain --config FILE get k, 'warning: pool main: dns://gone.test:11211 has not named'"
  })
  void sourceThatDoesNotAnswerIsNotWaitedForLong(String command, String warning)
      throws IOException {
    dns.mood(DnsServer.Mood.SILENT);
    String file = config("10.0.0.9", "dns://gone.test").toString();
    long start = System.nanoTime();

    Cli run = run(command.replace("FILE", file).split(" ", -1));

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6));
    assertThat(run.err()).contains("warning: ", warning);
    assertThat(run.err()).containsAnyOf("no answer within 2 s", "gone.test: ");
    assertThat(run.status()).isZero();
  }

  @Test
  void nobodyIsAskedAboutAFileThatIsRefused() throws IOException {
    Path file = config("dns://cache.test:11211", "10.0.0.256");

    assertThat(run("check", file.toString()).status()).isEqualTo(1);

    assertThat(dns.questions()).isEmpty();
  }

  private Cli run(String... args) {
    return Cli.runAt(
        new DiscoveryPlaces(
            folder.resolve("resolv.conf"), folder.resolve("hosts"), kubernetes, folder),
        args);
  }

  private Path config(String... servers) throws IOException {
    String list = "[\"" + String.join("\", \"", servers) + "\"]";
    Path file = folder.resolve("f.yaml");
    Files.writeString(
        file, "pools:\n  main: { servers: " + list + ", hash: murmur, eject: { then: error } }\n");
    return file;
  }
}
