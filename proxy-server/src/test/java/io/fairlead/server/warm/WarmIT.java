package io.fairlead.server.warm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ProxySettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.client.Servers;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between real memcached servers. */
class WarmIT {
  private static final Pattern TTL = Pattern.compile("HD t(-?\\d+)");

  @TempDir private Path folder;

  private List<MemcachedServer> servers = List.of();

  @BeforeEach
  void start() {
    servers = Memcached.startAll(4);
  }

  @AfterEach
  void stop() {
    servers.forEach(MemcachedServer::close);
  }

  @Test
  void keepsFlagsAndTimeToLiveAndKeysOfAnyBytes() throws IOException {
    String binary = "Zm9vIGJhcg=="; // "foo bar"
    long inMonths = InstantSource.system().instant().getEpochSecond() + 5_000_000;
    at(0)
        .send("set plain 77 0 5\r\nhello\r\nset gr\u00c3\u00bcn 0 500 1\r\nx\r\n")
        .expect("STORED\r\nSTORED\r\n")
        .send("ms " + binary + " 2 b T1000 F5\r\nhi\r\nset long 0 " + inMonths + " 1\r\nx\r\n")
        .expect("HD\r\nSTORED\r\n")
        .send("set empty 1 0 0\r\n\r\nset crlf 1 0 4\r\n\r\n\r\n\r\n")
        .expect("STORED\r\nSTORED\r\n");

    WarmResult result = warm(pool(0), pool(1), null, "", 0, false).result();

    assertThat(result.copied()).isEqualTo(6);
    assertThat(result.failed()).isZero();
    assertThat(result.problems()).isEmpty();
    RawClient copy = at(1);
    copy.send("get plain\r\n").expect("VALUE plain 77 5\r\nhello\r\nEND\r\n");
    copy.send("get empty\r\n").expect("VALUE empty 1 0\r\n\r\nEND\r\n");
    copy.send("get crlf\r\n").expect("VALUE crlf 1 4\r\n\r\n\r\n\r\nEND\r\n");
    copy.send("mg " + binary + " b f v\r\n").expect("VA 2 f5\r\nhi\r\n");
    assertThat(ttl(copy, "plain")).isEqualTo(-1);
    assertThat(ttl(copy, "gr\u00c3\u00bcn")).isBetween(ttl(at(0), "gr\u00c3\u00bcn") - 1, 500L);
    assertThat(ttl(copy, "long")).isBetween(ttl(at(0), "long") - 1, 5_000_001L);
    assertThat(ttl(copy, binary + " b")).isBetween(990L, 1000L);
  }

  @Test
  void neverReplacesWhatTheTargetHas() throws IOException {
    at(0).send("set a 0 0 3\r\nold\r\nset b 0 0 3\r\nold\r\n").expect("STORED\r\nSTORED\r\n");
    at(1).send("set a 0 0 3\r\nnew\r\n").expect("STORED\r\n");

    WarmResult result = warm(pool(0), pool(1), null, "", 0, false).result();

    assertThat(result.copied()).isOne();
    assertThat(result.present()).isOne();
    at(1).send("get a b\r\n").expect("VALUE a 0 3\r\nnew\r\nVALUE b 0 3\r\nold\r\nEND\r\n");
  }

  @Test
  void putsEveryKeyWhereAProxyLooksForIt() throws IOException {
    for (int i = 0; i < 300; i++) {
      at(i % 2).send("set " + i + "-key 0 0 1\r\nx\r\n").expect("STORED\r\n");
    }
    at(0).send("ms YSBi 1 b\r\nx\r\nms YSBj 1 b\r\nx\r\n").expect("HD\r\nHD\r\n");
    ProxySettings target = pool(2, 3);

    WarmResult result = warm(pool(0, 1), target, null, "", 0, false).result();

    assertThat(result.copied()).isEqualTo(302);
    assertThat(items(2)).isBetween(50, 250);
    assertThat(items(2) + items(3)).isEqualTo(302);
    try (Proxy proxy = Proxy.start(target);
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      for (int i = 0; i < 300; i++) {
        client.send("mg " + i + "-key v\r\n").expect("VA 1\r\nx\r\n");
      }
      client.send("mg YSBi b v\r\nmg YSBj b v\r\n").expect("VA 1\r\nx\r\nVA 1\r\nx\r\n");
    }
  }

  @Test
  void copiesOnlyWhatBeginsWithAPrefix() throws IOException {
    at(0).send("set user:1 0 0 1\r\nx\r\nset page:1 0 0 1\r\nx\r\n").expect("STORED\r\nSTORED\r\n");

    WarmResult result = warm(pool(0), pool(1), null, "user:", 0, false).result();

    assertThat(result.copied()).isOne();
    at(1).send("get user:1 page:1\r\n").expect("VALUE user:1 0 1\r\nx\r\nEND\r\n");
  }

  @Test
  void takesKeysFromAFileAndGoesOnWithoutThoseThatAreGone() throws IOException {
    at(0).send("set a 0 0 1\r\nx\r\nset other 0 0 1\r\nx\r\n").expect("STORED\r\nSTORED\r\n");
    Path keys = Files.writeString(folder.resolve("keys"), "a\ngone\nno key\n");

    WarmResult result = warm(pool(0), pool(1), keys, "", 0, false).result();

    assertThat(result.copied()).isOne();
    assertThat(result.missing()).isOne();
    assertThat(result.failed()).isOne();
    assertThat(result.problems()).singleElement().asString().contains("a key of");
    assertThat(items(1)).isOne();
  }

  @Test
  void copiesNothingInARehearsalAndSaysWhereKeysWouldGo() throws IOException {
    at(0).send("set a 0 0 1\r\nx\r\n").expect("STORED\r\n");

    WarmResult result = warm(pool(0), pool(1), null, "", 0, true).result();

    assertThat(result.shares()).containsExactly("127.0.0.1:" + servers.get(1).port() + ": 1");
    assertThat(items(1)).isZero();
  }

  @Test
  void keepsToTheRate() throws IOException {
    for (int i = 0; i < 200; i++) {
      at(0).send("set k" + i + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
    }
    long start = System.nanoTime();

    warm(pool(0), pool(1), null, "", 400, false);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
  }

  @Test
  void doesNotCopyWhatIsMarkedAsOutOfDate() throws IOException {
    at(0).send("set a 0 0 1\r\nx\r\nmd a I T100\r\n").expect("STORED\r\nHD\r\n");

    WarmResult result = warm(pool(0), pool(1), null, "", 0, false).result();

    assertThat(result.stale()).isOne();
    assertThat(items(1)).isZero();
  }

  @Test
  void goesOnWithTheOtherServersWhenOneOfTheSourceFails() throws IOException {
    at(0).send("set a 0 0 1\r\nx\r\n").expect("STORED\r\n");
    ProxySettings source = pool(0, 1);
    servers.get(1).kill();

    WarmResult result = warm(source, pool(2), null, "", 0, false).result();

    assertThat(result.copied()).isOne();
    assertThat(result.failed()).isOne();
    assertThat(result.problems()).singleElement().asString().contains("refuses connections");
  }

  @Test
  void endsWhenTheTargetFailsAndSaysWhich() throws IOException {
    at(0).send("set a 0 0 1\r\nx\r\n").expect("STORED\r\n");
    ProxySettings target = pool(1);
    servers.get(1).kill();

    assertThatThrownBy(() -> warm(pool(0), target, null, "", 0, false))
        .hasMessage(
            "127.0.0.1:"
                + servers.get(1).port()
                + " refuses connections: is memcached running"
                + " there?");
  }

  @Test
  void saysThatAServerListsNoKeys() throws IOException {
    try (ScriptedBackend old = ScriptedBackend.answering(line -> "ERROR\r\n")) {
      WarmResult result =
          warm(pool("127.0.0.1:" + old.port()), pool(1), null, "", 0, false).result();

      assertThat(result.problems())
          .containsExactly("127.0.0.1:" + old.port() + " answers lru_crawler with: ERROR");
      assertThat(result.failed()).isOne();
    }
  }

  @Test
  void canBeStoppedAndTellsHowFarItCame() throws IOException {
    for (int i = 0; i < 300; i++) {
      at(0).send("set k" + i + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
    }
    Warming[] running = new Warming[1];
    Warming warming =
        new Warming(
            new WarmSettings(null, new byte[0], 0, false),
            InstantSource.system(),
            (phase, share, perSecond) -> {
              if (phase.equals("copy")) {
                Objects.requireNonNull(running[0]).stop();
              }
            });
    running[0] = warming;
    run(warming, pool(0), pool(1));

    assertThat(warming.result().isStopped()).isTrue();
    assertThat(warming.result().copied()).isBetween(1L, 64L).isEqualTo(items(1));
  }

  private Warming warm(
      ProxySettings from,
      ProxySettings to,
      @Nullable Path keys,
      String prefix,
      double rate,
      boolean isRehearsal)
      throws IOException {
    WarmSettings settings = new WarmSettings(keys, prefix.getBytes(UTF_8), rate, isRehearsal);
    Warming warming =
        new Warming(settings, InstantSource.system(), (phase, share, perSecond) -> {});
    run(warming, from, to);
    return warming;
  }

  private static void run(Warming warming, ProxySettings from, ProxySettings to)
      throws IOException {
    try (Servers sources = Servers.of(from, Duration.ofSeconds(5));
        Servers targets = Servers.of(to, Duration.ofSeconds(5))) {
      warming.run(from.pools().get(0), sources, to.pools().get(0), targets);
    }
  }

  private ProxySettings pool(int... indexes) throws IOException {
    StringBuilder list = new StringBuilder();
    for (int index : indexes) {
      list.append(list.length() == 0 ? "" : "\", \"");
      list.append("127.0.0.1:").append(servers.get(index).port());
    }
    return pool(list.toString());
  }

  private ProxySettings pool(String list) throws IOException {
    Path file = Files.createTempFile(folder, "fairlead", ".yaml");
    String yaml =
        """
        listeners: [{address: "127.0.0.1:0", pool: main}]
        admin: false
        pools:
          main: {timeout: 5s, servers: ["LIST"]}
        """;
    Files.writeString(file, yaml.replace("LIST", list));
    return ConfigLoader.load(file);
  }

  private RawClient at(int index) {
    return RawClient.connect(servers.get(index).address());
  }

  private int items(int index) {
    try (RawClient client = at(index)) {
      String stats = client.send("stats\r\n").readThrough("END\r\n");
      Matcher items = Pattern.compile("STAT curr_items (\\d+)").matcher(stats);
      assertThat(items.find()).isTrue();
      return Integer.parseInt(items.group(1));
    }
  }

  private static long ttl(RawClient client, String key) {
    Matcher matcher = TTL.matcher(client.send("mg " + key + " t\r\n").readLine().strip());
    assertThat(matcher.matches()).as(key).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
