package io.fairlead.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.testkit.FaultProxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.TlsMemcached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a key, asked of real servers and of such as go wrong. */
class WhereLiveIT {
  private static final Pattern POOL = Pattern.compile("  (\\w+):");

  private static List<MemcachedServer> servers = List.of();

  @TempDir private Path folder;

  @BeforeAll
  static void startServers() {
    servers = Memcached.startAll(3);
  }

  @AfterAll
  static void stopServers() {
    servers.forEach(MemcachedServer::close);
  }

  @Test
  void marksWhereAKeyBelongsAndCopiesElsewhere() throws IOException {
    Path file = file(pool("main", ""));
    int home = home(file, "marked");
    int elsewhere = (home + 1) % 3;
    store(home, "set marked 0 0 5\r\nhello\r\n");
    store(elsewhere, "set marked 0 1000 3\r\nold\r\n");

    Cli live = Cli.run("where", "--config", file.toString(), "--live", "marked");

    assertThat(live.err()).isEmpty();
    assertThat(live.status()).isZero();
    List<String> lines = live.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("pool  server  address\\s+finding\\s+bytes  expires\\s+key");
    assertThat(lines.get(1))
        .matches("main  s" + home + " +" + address(home) + "  held +5  never +marked");
    assertThat(lines.get(2))
        .matches(
            "main  s"
                + elsewhere
                + " +"
                + address(elsewhere)
                + "  stale copy +3  in (1000|9\\d\\d)s +marked");
    assertThat(lines.get(3))
        .isEqualTo("asked 3 servers for 1 key: 1 held, 0 missing, 1 stale copy");
  }

  @Test
  void asksWithoutMakingTheKeyYounger() throws IOException {
    Path file = file(pool("main", ""));
    int home = home(file, "untouched");
    store(home, "set untouched 0 0 1\r\nx\r\n");

    Cli live = Cli.run("where", "--config", file.toString(), "--live", "untouched");

    assertThat(live.out()).contains("1 held");
    try (RawClient client = RawClient.connect(servers.get(home).port())) {
      assertThat(client.send("me untouched\r\n").readLine()).contains(" fetch=no ");
    }
  }

  @Test
  void tellsWhatIsMissingAndWhatIsNoKey() throws IOException {
    Path file = file(pool("main", "") + pool("copies", "mode: replicated"));
    store(0, "set replica 0 0 1\r\nx\r\n");

    Cli live =
        Cli.run(
            "where",
            "--config",
            file.toString(),
            "--live",
            "--pool",
            "copies",
            "replica",
            "a b",
            "gone");

    assertThat(live.err()).isEmpty();
    assertThat(live.out().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "copies s0 " + address(0) + " held 1 never replica",
            "copies s1 " + address(1) + " missing - - replica",
            "copies s2 " + address(2) + " missing - - replica",
            "refused, as it has a space: a b",
            "copies s0 " + address(0) + " missing - - gone",
            "copies s1 " + address(1) + " missing - - gone",
            "copies s2 " + address(2) + " missing - - gone",
            "asked 3 servers for 2 keys: 1 held, 5 missing, 0 stale copies");
  }

  @Test
  void tellsWhichServersDoNotAnswerAndWaitsForAllAtOnce() throws IOException {
    try (FaultProxy one = FaultProxy.to(servers.get(0)).blackHole();
        FaultProxy two = FaultProxy.to(servers.get(0)).blackHole()) {
      Path file =
          file(
              "  main: { mode: replicated, servers: ["
                  + servers("127.0.0.1:" + one.port())
                  + ", \"127.0.0.1:"
                  + two.port()
                  + "\", \"127.0.0.1:1\"] }\n");
      store(0, "set k 0 0 1\r\nx\r\n");
      long begin = System.nanoTime();

      Cli live = Cli.run("where", "--config", file.toString(), "--live", "--timeout", "3s", "k");

      assertThat((System.nanoTime() - begin) / 1e9).isLessThan(6);
      assertThat(live.status()).isEqualTo(1);
      assertThat(live.out())
          .contains("; 3 servers did not answer\n")
          .containsPattern("127.0.0.1:1 +no answer +- +- +k\n");
      assertThat(live.err().lines())
          .containsExactly(
              "fairlead: main/127.0.0.1:" + one.port() + " has not answered within 3000 ms",
              "fairlead: main/127.0.0.1:" + two.port() + " has not answered within 3000 ms",
              "fairlead: main/127.0.0.1:1 refuses connections: is memcached running there?");
    }
  }

  @Test
  void asksAServerWithoutMetaCommandsForTheValue() throws IOException {
    try (ScriptedBackend old =
        ScriptedBackend.answering(
            line ->
                switch (line) {
                  case "get there" ->
                      "VALUE there 0 20000\r\n" + "x".repeat(20_000) + "\r\nEND\r\n";
                  case "get gone" -> "END\r\n";
                  default -> "ERROR\r\n";
                })) {
      Path file = file("  main: { servers: [\"127.0.0.1:" + old.port() + "\"] }\n");

      Cli live = Cli.run("where", "--config", file.toString(), "--live", "there", "gone");

      assertThat(live.out()).containsPattern("held +20000  - +there\n");
      assertThat(live.out()).containsPattern("missing +-  - +gone\n");
      assertThat(live.status()).isZero();
    }
  }

  @Test
  void tellsWhatAServerSaysThatIsNoMemcached() throws IOException {
    try (ScriptedBackend web =
        ScriptedBackend.answering(line -> "HTTP/1.1 400 \033[2JBad Request\r\n")) {
      Path file = file("  main: { servers: [\"127.0.0.1:" + web.port() + "\"] }\n");

      Cli live = Cli.run("where", "--config", file.toString(), "--live", "k");

      assertThat(live.err()).endsWith(" answers mg with: HTTP/1.1 400 ?[2JBad Request\n");
      assertThat(live.status()).isEqualTo(1);
    }
  }

  @Test
  void logsInAndSpeaksTlsAsThePoolDoes() throws IOException {
    Path users = Files.writeString(folder.resolve("users"), "proxy:secret\n");
    Path password = Files.writeString(folder.resolve("password"), "proxy:secret\n");
    Authority authority = Authority.in(folder);
    try (MemcachedServer guarded = Memcached.start("-Y", users.toString());
        TlsMemcached tls = TlsMemcached.start(authority.forServer("localhost"))) {
      String pools =
          "  a: { servers: [\"127.0.0.1:%d\"], auth: \"%s\" }\n".formatted(guarded.port(), password)
              + "  b: { servers: [\"localhost:%d\"], tls: { ca: \"%s\" } }\n"
                  .formatted(tls.port(), authority.certificate())
              + "  c: { servers: [\"127.0.0.1:%d\"] }\n".formatted(guarded.port());

      Cli live = Cli.run("where", "--config", file(pools).toString(), "--live", "k");

      assertThat(live.out())
          .containsPattern("\na .* missing .* k\n")
          .containsPattern("\nb .* missing .* k\n")
          .containsPattern("\nc .* no answer .* k\n");
      assertThat(live.err())
          .isEqualTo(
              "fairlead: c/127.0.0.1:"
                  + guarded.port()
                  + " asks for a password: give one with auth of the pool\n");
    }
  }

  @Test
  void saysTheSameAsJson() throws IOException {
    Path file = file("  main: { servers: [" + servers("127.0.0.1:1") + "], hash: md5 }\n");

    Cli live =
        Cli.run("where", "--config", file.toString(), "--live", "--format", "json", "j", "a b");

    assertThat(live.out().lines())
        .hasSize(5)
        .contains(
            "{\"key\":\"j\",\"pool\":\"main\",\"server\":\"127.0.0.1:1\",\"address\":\"127.0.0.1:1\",\"finding\":\"no_answer\",\"problem\":\"refuses"
                + " connections: is memcached running there?\"}",
            "{\"key\":\"a b\",\"refused\":\"a space\"}")
        .filteredOn(line -> line.contains("\"nothing\"") || line.contains("\"missing\""))
        .hasSize(3);
    assertThat(live.status()).isEqualTo(1);
  }

  @Test
  void aThousandKeysAreAskedForTogether() throws IOException {
    Path file = file(pool("main", ""));
    Path keys = folder.resolve("keys");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append("many:").append(i).append('\n');
    }
    Files.writeString(keys, text);
    store(home(file, "many:999"), "set many:999 0 0 1\r\nx\r\n");

    Cli live = Cli.run("where", "--config", file.toString(), "--live", "--file", keys.toString());

    assertThat(live.out())
        .containsPattern("held +1  never +many:999\n")
        .endsWith("asked 3 servers for 1000 keys: 1 held, 999 missing, 0 stale copies\n");
  }

  private static void store(int server, String request) {
    try (RawClient client = RawClient.connect(servers.get(server).port())) {
      client.send(request).expect("STORED\r\n");
    }
  }

  /** A pool of all servers, and what else is said of it. */
  private static String pool(String name, String more) {
    StringBuilder pool = new StringBuilder("  " + name + ":\n    servers:\n");
    for (int i = 0; i < servers.size(); i++) {
      pool.append("      - { name: s" + i + ", address: \"" + address(i) + "\" }\n");
    }
    return pool + (more.isEmpty() ? "" : "    " + more + "\n");
  }

  private static String servers(String more) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < servers.size(); i++) {
      list.append('"').append(address(i)).append("\", ");
    }
    return list + "\"" + more + "\"";
  }

  private static String address(int server) {
    return "127.0.0.1:" + servers.get(server).port();
  }

  private Path file(String pools) throws IOException {
    String listeners =
        "listeners: [{ address: \"127.0.0.1:5000\", pool: "
            + POOL.matcher(pools).results().findFirst().orElseThrow().group(1)
            + " }]\n";
    return Files.writeString(
        folder.resolve("f.yaml"), listeners + "admin: false\npools:\n" + pools);
  }

  private static int home(Path file, String key) {
    PoolPlacement placement = PoolPlacement.of(ConfigLoader.load(file).pools().get(0));
    byte[] bytes = key.getBytes(US_ASCII);
    return placement.serverOf(placement.hash(bytes, 0, bytes.length), bytes, 0, bytes.length);
  }
}
