package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server that {@code where} names has the key, and no other one has it. */
class WhereIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int KEYS = 400;
  private static final Pattern ANSWER =
      Pattern.compile(
          "\\{\"key\":\"([^\"]+)\",.*\"server\":\"([^\"]+)\".*\"if_down\":(?:\"([^\"]+)\"|null)\\}");

  private static List<MemcachedServer> servers = List.of();

  @TempDir private Path folder;

  @BeforeAll
  static void startServers() {
    servers = Memcached.startAll(4);
  }

  @AfterAll
  static void stopServers() {
    servers.forEach(MemcachedServer::close);
  }

  /** What {@code where} says of a key. */
  private record Answer(String server, String spare) {}

  static Stream<String> placements() {
    return Stream.of(
            "one_at_a_time md5 crc16 crc32 crc32a fnv1_64 fnv1a_64 fnv1_32 fnv1a_32 hsieh murmur jenkins"
                .split(" "))
        .flatMap(
            hash ->
                Stream.of(
                    "hash: " + hash + ", distribution: ketama",
                    "hash: " + hash + ", distribution: modula, hash_tag: '{}'"));
  }

  @ParameterizedTest
  @MethodSource("placements")
  void namesTheServerThatHasTheKey(String placement) throws IOException {
    String config = config(List.of(1, 3, 2, 1), placement);
    List<String> keys = keys(placement.replaceAll("[^a-z0-9_]", ""));
    try (Proxy proxy = Proxy.start(ConfigLoader.load(Path.of(config)))) {
      store(proxy, keys);
    }

    Map<String, Answer> answers = where(config, keys);

    Map<String, List<String>> holders = holders(keys, servers);
    for (String key : keys) {
      assertThat(of(holders, key)).as(key).containsExactly(of(answers, key).server());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"distribution: ketama", "distribution: modula", "hash_tag: '{}'"})
  void namesTheServerThatTakesTheKeyOver(String placement) throws IOException {
    String config =
        config(
            List.of(1, 3, 2, 1),
            placement + ", eject: { failures: 1, time: 10m, longest_time: 10m }");
    List<String> keys = keys("spare:" + placement.replaceAll("[^a-z]", ""));
    Map<String, Answer> answers = where(config, keys);
    MemcachedServer victim = servers.get(1);
    victim.kill();
    try (Proxy proxy = Proxy.start(ConfigLoader.load(Path.of(config)))) {
      List<String> owned =
          keys.stream().filter(key -> of(answers, key).server().equals("s1")).toList();
      storeUntilTaken(proxy, owned.get(0));

      store(proxy, owned);

      List<MemcachedServer> left = List.of(servers.get(0), servers.get(2), servers.get(3));
      Map<String, List<String>> holders = holders(owned, left);
      assertThat(owned).hasSizeGreaterThan(KEYS / 4);
      for (String key : owned) {
        assertThat(of(holders, key)).as(key).containsExactly(of(answers, key).spare());
      }
    } finally {
      victim.restart();
    }
  }

  @Test
  void readsReplicasInTheOrderThatItNames() throws IOException {
    String config = config(List.of(1, 1, 1, 1), "mode: replicated");
    Cli where = Cli.run("where", "--config", config, "--format", "json", "replica-order");
    try (Proxy proxy = Proxy.start(ConfigLoader.load(Path.of(config)));
        RawClient client = connect(proxy);
        RawClient third = connect(servers.get(2));
        RawClient fourth = connect(servers.get(3))) {
      third.send("set replica-order 0 0 1\r\n3\r\n").expect("STORED\r\n");
      fourth.send("set replica-order 0 0 1\r\n4\r\n").expect("STORED\r\n");

      client.send("get replica-order\r\n").expect("VALUE replica-order 0 1\r\n3\r\nEND\r\n");
    }

    assertThat(where.out()).contains("\"reads\":[\"s0\",\"s1\",\"s2\",\"s3\"]");
  }

  private String config(List<Integer> weights, String pool) throws IOException {
    StringBuilder yaml = new StringBuilder("admin: false\nlisteners: [\"127.0.0.1:0\"]\npools:\n");
    yaml.append("  main: { timeout: 10s, connect_timeout: 10s, " + pool + ", servers: [");
    for (int i = 0; i < weights.size(); i++) {
      yaml.append(i == 0 ? "" : ", ");
      String address = "127.0.0.1:" + servers.get(i).port();
      yaml.append("{ name: s" + i + ", address: " + address + ", weight: " + weights.get(i) + " }");
    }
    return Files.writeString(folder.resolve("f.yaml"), yaml.append("] }\n")).toString();
  }

  /** Keys of several shapes that no other test has. */
  private static List<String> keys(String unique) {
    return IntStream.range(0, KEYS)
        .mapToObj(
            i ->
                switch (i % 5) {
                  case 0 -> unique + i;
                  case 1 -> "user:{" + i + "}:" + unique;
                  case 2 -> "{same}" + unique + ":" + i;
                  case 3 -> "ключ-" + unique + "-é-" + i;
                  default -> unique + "/" + "x".repeat(150) + i;
                })
        .toList();
  }

  private static void store(Proxy proxy, List<String> keys) {
    try (RawClient client = connect(proxy)) {
      StringBuilder requests = new StringBuilder();
      keys.forEach(key -> requests.append("set " + key + " 0 0 1\r\n1\r\n"));
      client.send(requests.toString().getBytes(UTF_8)).expect("STORED\r\n".repeat(keys.size()));
    }
  }

  /** Asks until the server that owns the key has been ejected and another one has taken it. */
  private static void storeUntilTaken(Proxy proxy, String key) {
    try (RawClient client = connect(proxy)) {
      long start = System.nanoTime();
      String reply = "";
      while (!reply.equals("STORED")) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        client.send(("set " + key + " 0 0 1\r\n1\r\n").getBytes(UTF_8));
        reply = client.readLine();
      }
    }
  }

  private Map<String, Answer> where(String config, List<String> keys) throws IOException {
    Path file = Files.write(folder.resolve("keys"), keys, UTF_8);
    Cli where = Cli.run("where", "--config", config, "--format", "json", "--file", file.toString());
    Map<String, Answer> answers = new HashMap<>();
    for (String line : where.out().lines().toList()) {
      Matcher matcher = ANSWER.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      answers.put(matcher.group(1), new Answer(matcher.group(2), String.valueOf(matcher.group(3))));
    }
    assertThat(answers).hasSize(keys.size());
    return answers;
  }

  /** Which of the servers have each key, asked one by one without the proxy. */
  private static Map<String, List<String>> holders(List<String> keys, List<MemcachedServer> asked) {
    Map<String, List<String>> holders = new HashMap<>();
    keys.forEach(key -> holders.put(key, new ArrayList<>()));
    for (MemcachedServer server : asked) {
      try (RawClient client = connect(server)) {
        for (String key : keys) {
          client.send(("get " + key + "\r\n").getBytes(UTF_8));
          if (!client.readLine().equals("END")) {
            client.expect("1\r\nEND\r\n");
            of(holders, key).add("s" + servers.indexOf(server));
          }
        }
      }
    }
    return holders;
  }

  private static <T> T of(Map<String, T> values, String key) {
    return Objects.requireNonNull(values.get(key), key);
  }

  private static RawClient connect(Proxy proxy) {
    return RawClient.connect(proxy.addresses().get(0)).withDeadline(PATIENCE);
  }

  private static RawClient connect(MemcachedServer server) {
    return RawClient.connect(server.address()).withDeadline(PATIENCE);
  }
}
