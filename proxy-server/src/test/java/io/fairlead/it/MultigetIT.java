package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gets of many keys, over three servers of which some may be dead. */
@ExtendWith(LeakCheck.class)
class MultigetIT {
  private static final int FEW_KEYS = 60;
  private static final int STORED_AT_ONCE = 500;
  private static final String END = "END\r\n";

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
  void keepsTheOrderOfTheRequestOverAllServers() throws IOException {
    try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(servers).start();
        RawClient client = proxy.connect()) {
      List<String> keys = store(client, FEW_KEYS);
      servers.forEach(server -> assertThat(keysOn(server, keys)).isNotEmpty());
      Collections.shuffle(keys, new Random(1));

      client.send(get(keys)).expect(values(keys, key -> true) + END);
    }
  }

  @Test
  void answersDuplicatesAsOftenAsAskedAndLeavesOutMisses() throws IOException {
    try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(servers).start();
        RawClient client = proxy.connect()) {
      List<String> keys = store(client, FEW_KEYS);
      List<String> asked = new ArrayList<>();
      Random random = new Random(2);
      for (int i = 0; i < 10 * FEW_KEYS; i++) {
        asked.add(random.nextInt(5) == 0 ? "missing-" + i : keys.get(random.nextInt(FEW_KEYS)));
      }

      client.send(get(asked)).expect(values(asked, keys::contains) + END);
      client.send(get(asked).repeat(3)).expect((values(asked, keys::contains) + END).repeat(3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 20_000})
  void answersManyKeysInOneLine(int count) throws IOException {
    try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(servers).anyNumberOfKeys().start();
        RawClient client = proxy.connect()) {
      List<String> keys = store(client, count);
      List<String> asked = new ArrayList<>(keys);
      Collections.shuffle(asked, new Random(count));

      client.send(get(asked)).expect(values(asked, key -> true) + END);

      assertThat(proxy.count(Counter.GET_HITS)).isEqualTo(count);
    }
  }

  @Test
  void mixesLargeValuesWithSmallOnes() throws IOException {
    int[] lengths = {1, 1_000_000, 0, 300_000, 20, 16_384, 70_000, 16_383, 900_000, 3, 65_537, 500};
    try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(servers).start();
        RawClient client = proxy.connect()) {
      StringBuilder request = new StringBuilder("get");
      StringBuilder reply = new StringBuilder();
      for (int i = 0; i < lengths.length; i++) {
        String key = "mixed-" + i;
        String value = "v".repeat(lengths[i]);
        client.send("set " + key + " 0 0 " + lengths[i] + "\r\n" + value + "\r\n");
        client.expect("STORED\r\n");
        request.append(' ').append(key).append(" missing-").append(i);
        reply.append("VALUE " + key + " 0 " + lengths[i] + "\r\n" + value + "\r\n");
      }

      client.send(request + "\r\n").expect(reply + END);
      client.send("mn\r\n").expect("MN\r\n");
    }
  }

  @Test
  void leavesOutTheKeysOfADeadServerWithPolicyPartial() throws IOException {
    try (ProxyUnderTest proxy = start(MultigetFailure.PARTIAL);
        RawClient client = proxy.connect()) {
      List<String> keys = store(client, FEW_KEYS);
      Set<String> lost = Set.copyOf(keysOn(servers.get(1), keys));
      servers.get(1).kill();

      client.send(get(keys)).expect(values(keys, key -> !lost.contains(key)) + END);
      client.send("mn\r\n").expect("MN\r\n");

      assertThat(proxy.count(Counter.PARTIAL_GETS)).isEqualTo(1);
      assertThat(proxy.count(Counter.GET_FAILED)).isEqualTo(lost.size());
    }
  }

  @Test
  void answersOneErrorAndNothingElseForADeadServerWithPolicyError() throws IOException {
    try (ProxyUnderTest proxy = start(MultigetFailure.ERROR);
        RawClient client = proxy.connect()) {
      List<String> keys = store(client, FEW_KEYS);
      List<String> lost = keysOn(servers.get(1), keys);
      List<String> kept = keysOn(servers.get(0), keys);
      servers.get(1).kill();

      client.send(get(keys) + "mn\r\n");
      assertThat(client.readLine()).startsWith("SERVER_ERROR server ");
      client.expect("MN\r\n");

      client.send(get(lost.subList(0, 1)) + get(kept));
      assertThat(client.readLine()).startsWith("SERVER_ERROR server ");
      client.expect(values(kept, key -> true) + END);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MultigetFailure.class,
      names = {"PARTIAL", "ERROR"})
  void answersOneErrorWhenAllServersAreDead(MultigetFailure policy) throws IOException {
    try (ProxyUnderTest proxy = start(policy);
        RawClient client = proxy.connect()) {
      List<String> keys = store(client, FEW_KEYS);
      servers.forEach(MemcachedServer::kill);

      for (int i = 0; i < 3; i++) {
        client.send(get(keys) + "mn\r\n");
        assertThat(client.readLine()).startsWith("SERVER_ERROR server ");
        client.expect("MN\r\n");
      }
    }
  }

  @Test
  void answersMissesWhenAllServersAreDeadAndThatIsWanted() throws IOException {
    try (ProxyUnderTest proxy = start(MultigetFailure.MISS);
        RawClient client = proxy.connect()) {
      List<String> keys = store(client, FEW_KEYS);
      servers.forEach(MemcachedServer::kill);

      client.send(get(keys) + get(keys.subList(0, 1)) + "mn\r\n").expect(END + END + "MN\r\n");
    }
  }

  private ProxyUnderTest start(MultigetFailure policy) throws IOException {
    return ProxyUnderTest.inFrontOf(servers).multigetFailure(policy).start();
  }

  /** Stores that many keys; the value of each is a text with its name. */
  private static List<String> store(RawClient client, int count) {
    List<String> keys =
        new ArrayList<>(IntStream.range(0, count).mapToObj(MultigetIT::key).toList());
    for (int from = 0; from < count; from += STORED_AT_ONCE) {
      List<String> some = keys.subList(from, Math.min(count, from + STORED_AT_ONCE));
      StringBuilder requests = new StringBuilder();
      some.forEach(
          key ->
              requests.append(
                  "set " + key + " 7 0 " + value(key).length() + "\r\n" + value(key) + "\r\n"));
      client.send(requests.toString()).expect("STORED\r\n".repeat(some.size()));
    }
    return keys;
  }

  /** Neighbours would come to lie on one server: their hashes differ by little. */
  private static String key(int number) {
    return Integer.toHexString(number * 0x9e3779b1) + "-" + number;
  }

  private static String value(String key) {
    return "the value of " + key;
  }

  private static String get(List<String> keys) {
    return "get " + String.join(" ", keys) + "\r\n";
  }

  private static String values(List<String> keys, Predicate<String> found) {
    StringBuilder reply = new StringBuilder();
    for (String key : keys) {
      if (found.test(key)) {
        reply.append("VALUE " + key + " 7 " + value(key).length() + "\r\n" + value(key) + "\r\n");
      }
    }
    return reply.toString();
  }

  /** Those of the keys that are stored on a server, asked without the proxy. */
  private static List<String> keysOn(MemcachedServer server, List<String> keys) {
    try (RawClient direct = RawClient.connect(server.address())) {
      String reply = direct.send(get(keys)).readThrough(END);
      return keys.stream().filter(key -> reply.contains("VALUE " + key + " ")).toList();
    }
  }
}
