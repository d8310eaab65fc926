package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.DiscoverySettings;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourceSettings;
import io.fairlead.config.SourceText;
import io.fairlead.faults.Await;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.DnsServer;
import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running proxy whose servers come, go and move, and whose sources fail. */
@ExtendWith(LeakCheck.class)
class DiscoveryIT {
  private static final String NO_SERVERS = "SERVER_ERROR no servers\r\n";

  @TempDir private Path folder;

  private final List<MemcachedProcess> servers = new ArrayList<>();
  private DnsServer dns;

  @BeforeEach
  void start() {
    dns = DnsServer.start();
    dns.writeResolvConf(folder);
  }

  @AfterEach
  void stop() {
    servers.forEach(MemcachedProcess::close);
    dns.close();
  }

  @Test
  void serverOfAFileIsUsedWhenItIsWritten() throws IOException {
    MemcachedProcess server = memcached();
    Path file = folder.resolve("servers.txt");
    try (DiscoveringProxy proxy = proxy(source("file://" + file))) {
      RawClient client = proxy.client();
      client.send("get k\r\n").expect(NO_SERVERS);

      Files.writeString(file, "# one\n127.0.0.1:" + server.port() + " a\n");
      proxy.awaitServers("a");

      client.send("set k 0 0 1\r\nv\r\n").expect("STORED\r\n");
      Files.writeString(file, "127.0.0.1:x\n");
      proxy.awaitState(SourceStatus.State.FAILING);
      client.send("get k\r\n").expect("VALUE k 0 1\r\nv\r\nEND\r\n");
      assertThat(proxy.source().problem())
          .isEqualTo(file + ":1: 127.0.0.1:x (expected: a port from 0 to 65535)");
    }
  }

  @Test
  void serverThatIsGoneFromItsSourceStaysForAWhile() throws IOException {
    MemcachedProcess a = memcached();
    MemcachedProcess b = memcached();
    Path file = folder.resolve("servers.txt");
    String both = "127.0.0.1:%d a\n127.0.0.1:%d b\n".formatted(a.port(), b.port());
    Files.writeString(file, both);
    try (DiscoveringProxy proxy = proxy(source("file://" + file), Duration.ofSeconds(2))) {
      assertThat(proxy.servers()).containsExactly("a", "b");

      Files.writeString(file, "127.0.0.1:%d a\n".formatted(a.port()));
      Await.until("b is missing", () -> proxy.source().missing() == 1);
      assertThat(proxy.servers()).containsExactly("a", "b");

      proxy.awaitServers("a");
    }
  }

  @Test
  void sourceThatFailsOrNamesNobodyTakesNobodyOut() {
    MemcachedProcess server = memcached();
    dns.host("cache.test", "127.0.0.1");
    SourceSettings source = source("dns://cache.test:" + server.port());
    try (DiscoveringProxy proxy = proxy(source, Duration.ofMillis(1))) {
      RawClient client = proxy.client();
      client.send("set k 0 0 1\r\nv\r\n").expect("STORED\r\n");
      for (Runnable mishap : mishaps("cache.test")) {
        long failures = proxy.source().failures();
        mishap.run();
        Await.until("it fails again", () -> proxy.source().failures() > failures);

        client.send("get k\r\n").expect("VALUE k 0 1\r\nv\r\nEND\r\n");
      }
      dns.mood(DnsServer.Mood.ANSWERS);
      dns.host("cache.test", "127.0.0.1");
      proxy.awaitState(SourceStatus.State.OK);
      assertThat(proxy.source().changes()).isOne();
    }
  }

  @Test
  void serviceThatFailsOrNamesNobodyTakesNobodyOut() {
    MemcachedProcess server = memcached();
    String name = "_memcache._tcp.c.test";
    dns.host("cache-0.c.test", "127.0.0.1");
    dns.service(name, "cache-0.c.test:" + server.port());
    try (DiscoveringProxy proxy = proxy(source("dns+srv://" + name), Duration.ofMillis(1))) {
      RawClient client = proxy.client();
      client.send("set k 0 0 1\r\nv\r\n").expect("STORED\r\n");
      List<Runnable> mishaps =
          List.of(
              () -> dns.forget(name),
              () -> dns.service(name),
              () -> dns.mood(DnsServer.Mood.SERVFAIL),
              () -> dns.mood(DnsServer.Mood.SILENT));
      for (Runnable mishap : mishaps) {
        long failures = proxy.source().failures();
        mishap.run();
        Await.until("it fails again", () -> proxy.source().failures() > failures);

        client.send("get k\r\n").expect("VALUE k 0 1\r\nv\r\nEND\r\n");
        assertThat(proxy.servers()).containsExactly("cache-0");
      }
    }
  }

  @Test
  void anAnswerIsTrueForAsLongAsItSays() {
    dns.ttl(30).host("long.test", "10.0.0.1");
    dns.ttl(1).host("short.test", "10.0.0.2");
    PoolSettings pool =
        PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of())
            .preconnect(false)
            .discovery(
                new DiscoverySettings(
                    List.of(source("dns://long.test:1"), source("dns://short.test:1")),
                    DiscoverySettings.DEFAULT_REMOVE_AFTER))
            .build();
    try (DiscoveringProxy proxy = proxy(pool)) {
      Await.until("both are known", () -> proxy.servers().size() == 2);

      Await.until("one is asked for again and again", () -> questions("short.test") >= 8);

      assertThat(questions("long.test")).isEqualTo(2); // one for each family
    }
  }

  private long questions(String name) {
    return dns.questions().stream().filter(name::equals).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nobody", "\n\n"})
  void fileThatNamesNobodyTakesNobodyOut(String content) throws IOException {
    MemcachedProcess server = memcached();
    Path file = folder.resolve("servers.txt");
    Files.writeString(file, "127.0.0.1:%d a\n".formatted(server.port()));
    try (DiscoveringProxy proxy = proxy(source("file://" + file), Duration.ofMillis(1))) {
      proxy.awaitServers("a");

      Files.writeString(file, content);
      proxy.awaitState(SourceStatus.State.FAILING);

      assertThat(proxy.servers()).containsExactly("a");
    }
  }

  private List<Runnable> mishaps(String host) {
    return List.of(
        () -> dns.forget(host),
        () -> dns.host(host),
        () -> dns.mood(DnsServer.Mood.SERVFAIL),
        () -> dns.mood(DnsServer.Mood.SILENT));
  }

  @Test
  void startsAtOnceWhenNothingCanBeResolvedAndRecoversByItself() {
    MemcachedProcess server = memcached();
    dns.mood(DnsServer.Mood.SILENT);
    long start = System.nanoTime();
    SourceSettings source = source("dns+srv://_memcache._tcp.c.test");
    try (DiscoveringProxy proxy = proxy(source)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      RawClient client = proxy.client();
      client.send("get k\r\n").expect(NO_SERVERS);

      dns.host("cache-0.c.test", "127.0.0.1");
      dns.service("_memcache._tcp.c.test", "cache-0.c.test:" + server.port());
      dns.mood(DnsServer.Mood.ANSWERS);

      proxy.awaitServers("cache-0");
      Await.until("it is served", () -> proxy.answersGet());
    }
  }

  @Test
  void podThatRestartsElsewhereIsTheSameServer() {
    MemcachedProcess before = memcached();
    MemcachedProcess after = elsewhere(before);
    MemcachedProcess other = memcached();
    dns.host("cache-0.c.test", "127.0.0.1");
    dns.host("cache-1.c.test", "127.0.0.1");
    dns.service(
        "_memcache._tcp.c.test",
        "cache-0.c.test:" + before.port(),
        "cache-1.c.test:" + other.port());
    try (DiscoveringProxy proxy = proxy(source("dns+srv://_memcache._tcp.c.test"))) {
      proxy.awaitServers("cache-0", "cache-1");
      int onOther = proxy.store(100) - items(before);

      dns.host("cache-0.c.test", "127.0.0.2");
      Await.until("requests go there", () -> proxy.store(100) > 0 && items(after) > 0);

      proxy.store(100);
      assertThat(items(other)).isEqualTo(onOther);
      assertThat(items(after)).isEqualTo(items(before));
    }
  }

  @Test
  void connectionToAnAddressThatANameHasLeftEndsWithoutAnError() {
    MemcachedProcess before = memcached();
    MemcachedProcess after = elsewhere(before);
    dns.host("cache.test", "127.0.0.1");
    ServerSettings named = ServerSettings.at(new Address.Tcp("cache.test", before.port()));
    try (DiscoveringProxy proxy =
        proxy(PoolSettings.of("p", PoolSettings.Mode.SHARDED, List.of(named)))) {
      RawClient client = proxy.client();
      client.send("set k 0 0 3\r\nold\r\n").expect("STORED\r\n");

      dns.host("cache.test", "127.0.0.2");
      Duration taken =
          Await.until(
              "the new address is used",
              () -> {
                String reply = client.send("get k\r\nmn\r\n").readThrough("MN\r\n");
                assertThat(reply).doesNotContain("ERROR");
                return reply.startsWith("END");
              });

      assertThat(taken).isLessThan(Duration.ofSeconds(10));
      Await.until("no connection stays", () -> connections(before) == 1); // that of the question
      assertThat(connections(after)).isEqualTo(2);
    }
  }

  @Test
  void nameThatCannotBeResolvedAtTheStartIsUsedWhenItCan() {
    MemcachedProcess server = memcached();
    ServerSettings named = ServerSettings.at(new Address.Tcp("cache.test", server.port()));
    long start = System.nanoTime();
    try (DiscoveringProxy proxy =
        proxy(PoolSettings.of("p", PoolSettings.Mode.SHARDED, List.of(named)))) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      proxy.client().send("get k\r\n").readThrough("\r\n");

      dns.host("cache.test", "127.0.0.1");

      Await.until("it is served", () -> proxy.answersGet());
    }
  }

  @Test
  void nameThatFailsToResolveStaysWhereItWas() {
    MemcachedProcess server = memcached();
    dns.host("cache.test", "127.0.0.1");
    ServerSettings named = ServerSettings.at(new Address.Tcp("cache.test", server.port()));
    PoolSettings pool =
        PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of(named))
            .eject(EjectSettings.OFF)
            .build();
    try (DiscoveringProxy proxy = proxy(pool)) {
      Await.until("it is served", () -> proxy.answersGet());
      dns.forget("cache.test");
      int asked = dns.questions().size();
      Await.until("it was asked for again", () -> dns.questions().size() >= asked + 2);

      server.restart();

      Await.until("it is served again", () -> proxy.answersGet());
    }
  }

  @Test
  void fileThatIsReadAgainKeepsWhatSourcesHaveNamed() throws IOException {
    MemcachedProcess server = memcached();
    Path file = folder.resolve("servers.txt");
    Files.writeString(file, "127.0.0.1:%d a\n".formatted(server.port()));
    SourceSettings source = source("file://" + file);
    try (DiscoveringProxy proxy = proxy(source)) {
      Files.delete(file);
      proxy.awaitState(SourceStatus.State.FAILING);

      proxy.update(pool(source, DiscoverySettings.DEFAULT_REMOVE_AFTER, staticServer("s", server)));

      assertThat(proxy.servers()).containsExactly("s", "a");
      assertThat(proxy.source().state()).isEqualTo(SourceStatus.State.FAILING);
    }
  }

  @Test
  void serverOfASourceWithTheNameOfOneInTheFileIsLeftOut() throws IOException {
    MemcachedProcess server = memcached();
    Path file = folder.resolve("servers.txt");
    Files.writeString(file, "127.0.0.1:1 s\n127.0.0.1:2 t\n");
    SourceSettings source = source("file://" + file);
    try (DiscoveringProxy proxy =
        proxy(pool(source, Duration.ofSeconds(60), staticServer("s", server)))) {
      assertThat(proxy.servers()).containsExactly("s", "t");
      assertThat(proxy.settings().pools().get(0).servers().get(0).address())
          .isEqualTo(new Address.Tcp("127.0.0.1", server.port()));
    }
  }

  private static ServerSettings staticServer(String name, MemcachedProcess server) {
    return new ServerSettings(name, new Address.Tcp("127.0.0.1", server.port()), 1);
  }

  private MemcachedProcess memcached() {
    MemcachedProcess server = MemcachedProcess.start();
    servers.add(server);
    return server;
  }

  /** One with the same port at another address. */
  private MemcachedProcess elsewhere(MemcachedProcess server) {
    MemcachedProcess other = MemcachedProcess.startAt("127.0.0.2", server.port());
    servers.add(other);
    return other;
  }

  private static int items(MemcachedProcess server) {
    return stat(server, "curr_items");
  }

  private static int connections(MemcachedProcess server) {
    return stat(server, "curr_connections");
  }

  private static int stat(MemcachedProcess server, String name) {
    try (RawClient client = RawClient.connect(server.address())) {
      String stats = client.send("stats\r\n").readThrough("END\r\n");
      String from = stats.substring(stats.indexOf("STAT " + name + " ") + name.length() + 6);
      return Integer.parseInt(from.substring(0, from.indexOf('\r')));
    }
  }

  private static SourceSettings source(String url) {
    return SourceSettings.at(SourceText.parse(url));
  }

  private static PoolSettings pool(
      SourceSettings source, Duration removeAfter, ServerSettings... named) {
    return PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of(named))
        .timeout(Duration.ofSeconds(2))
        .discovery(new DiscoverySettings(List.of(source), removeAfter))
        .build();
  }

  private DiscoveringProxy proxy(SourceSettings source) {
    return proxy(pool(source, DiscoverySettings.DEFAULT_REMOVE_AFTER));
  }

  private DiscoveringProxy proxy(SourceSettings source, Duration removeAfter) {
    return proxy(pool(source, removeAfter));
  }

  private DiscoveringProxy proxy(PoolSettings pool) {
    return DiscoveringProxy.start(pool, folder);
  }
}
