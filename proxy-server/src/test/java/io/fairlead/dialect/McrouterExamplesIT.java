package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadOptions.Foreign;
import io.fairlead.config.LoadOptions.Mcrouter;
import io.fairlead.config.ProxySettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples for users of mcrouter, with real memcached in the place of their servers. */
@ExtendWith(LeakCheck.class)
class McrouterExamplesIT {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("basedir", ".")).resolve("../config-examples/mcrouter");

  private static final Pattern SERVER = Pattern.compile("[\\w.-]+:11211");

  @TempDir private Path folder;
  private Servers servers;

  @BeforeEach
  void start() {
    servers = new Servers(4);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private Proxy serve(String example, String prefix) throws IOException {
    Map<String, String> places = new LinkedHashMap<>();
    copy(example + "-servers.json", places);
    Path file = copy(example + ".json", places);
    LoadOptions options =
        new LoadOptions(
            new LoadOptions.Admin(null),
            Foreign.DEFAULT,
            new Mcrouter(List.of(new Address.Tcp("127.0.0.1", 0)), prefix));
    ProxySettings settings = FileLoader.read(file, options).settings();
    return Proxy.start(settings);
  }

  /** Puts a running server in the place of each one in an example. */
  private Path copy(String name, Map<String, String> places) throws IOException {
    Path copy = folder.resolve(name);
    Path example = EXAMPLES.resolve(name);
    if (!Files.exists(example)) {
      return copy;
    }
    Matcher matcher = SERVER.matcher(Files.readString(example));
    return Files.writeString(
        copy,
        matcher.replaceAll(
            found ->
                places.computeIfAbsent(
                    found.group(), server -> "127.0.0.1:" + servers.ports().get(places.size()))));
  }

  private static String ask(Proxy proxy, String request) {
    int port = ((InetSocketAddress) proxy.addresses().get(0)).getPort();
    try (RawClient client = RawClient.connect(port)) {
      return Servers.reply(client, request);
    }
  }

  @Test
  void onePoolSpreadsItsKeys() throws Exception {
    try (Proxy proxy = serve("one-pool", "/././")) {
      for (int i = 0; i < 20; i++) {
        assertThat(ask(proxy, "set key:" + i + " 0 0 1/x")).isEqualTo("STORED");
        assertThat(ask(proxy, "get key:" + i)).contains("/x/");
        assertThat(servers.values("key:" + i)).containsOnlyOnce("x");
      }
    }
  }

  @Test
  void aReplicatedPoolHasEveryKeyOnEveryServer() throws Exception {
    try (Proxy proxy = serve("replicated", "/././")) {
      assertThat(ask(proxy, "set k 0 0 1/x")).isEqualTo("STORED");
      assertThat(servers.values("k")).containsExactly("x", "x", "x", "-");

      servers.kill(0);
      servers.kill(1);
      assertThat(ask(proxy, "get k")).isEqualTo("VALUE k 0 1/x/END");
    }
  }

  @Test
  void theBeginningOfAKeyDecidesWhichPoolHasIt() throws Exception {
    try (Proxy proxy = serve("prefixes", "/././")) {
      ask(proxy, "set b:k 0 0 1/x");
      ask(proxy, "set c:k 0 0 1/y");

      assertThat(servers.values("b:k")).containsExactly("-", "-", "x", "-");
      assertThat(servers.values("c:k")).containsExactly("-", "-", "-", "y");
    }
  }

  @Test
  void aGutterTakesTheKeysOfDeadServers() throws Exception {
    try (Proxy proxy = serve("gutter", "/././")) {
      servers.kill(0);
      servers.kill(1);
      servers.kill(2);

      assertThat(ask(proxy, "set k 0 0 1/x")).isEqualTo("STORED");
      assertThat(ask(proxy, "get k")).isEqualTo("VALUE k 0 1/x/END");
      assertThat(servers.on(3, "mg k t")).matches("HD t(59|60)");
    }
  }

  @Test
  void aColdPoolIsFilledFromTheWarmOne() throws Exception {
    try (Proxy proxy = serve("warm-up", "/././")) {
      servers.store(2, "k", "old");

      assertThat(ask(proxy, "get k")).isEqualTo("VALUE k 0 3/old/END");
      Await.until("the cold pool has it", () -> servers.values("k").indexOf("old") < 2);
    }
  }

  @Test
  void prefixesLeadToTheTreesOfAWiki() throws Exception {
    try (Proxy proxy = serve("two-regions", "/eqiad/mw/")) {
      say(proxy, "set /eqiad/mw-wan/k 0 0 1\r\nx\r\n", "STORED\r\n");
      say(proxy, "set /codfw/mw/k 0 0 1\r\nz\r\n", "STORED\r\n");
      assertThat(servers.values("k")).containsExactly("x", "x", "z", "-");
      say(proxy, "get k\r\n", "VALUE k 0 1\r\nx\r\nEND\r\n");
      say(proxy, "get /codfw/mw/k\r\n", "VALUE /codfw/mw/k 0 1\r\nz\r\nEND\r\n");
    }
  }

  /** For keys with slashes, which stand for line ends elsewhere. */
  private static void say(Proxy proxy, String request, String reply) {
    int port = ((InetSocketAddress) proxy.addresses().get(0)).getPort();
    try (RawClient client = RawClient.connect(port)) {
      client.send(request).expect(reply);
    }
  }
}
