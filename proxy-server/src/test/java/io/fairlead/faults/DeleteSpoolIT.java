package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.SpoolSettings;
import io.fairlead.config.SpoolSettings.Fsync;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Deletes while their server is away: it is told of all of them before it serves a read. */
@ExtendWith(LeakCheck.class)
class DeleteSpoolIT {
  private static final int DELETES = 100_000;
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path directory;

  /** Its connections break again and again, but what it has stored stays. */
  @ParameterizedTest
  @CsvSource({"1, INTERVAL", "2, ALWAYS"})
  void aServerThatComesBackWithItsValuesShowsNoneThatWasDeleted(int loops, Fsync fsync)
      throws InterruptedException {
    Set<String> stored = ConcurrentHashMap.newKeySet();
    IntStream.range(0, DELETES).forEach(i -> stored.add("key-" + i));
    Script script = Script.answering(line -> answer(stored, line));
    try (ScriptedBackend backend = ScriptedBackend.running(script);
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .loops(loops)
                .spool(SpoolSettings.in(directory).with(fsync))
                .start()) {
      DeletingClients clients = DeletingClients.start(proxy, DELETES);
      for (int outage = 1; outage <= 5; outage++) {
        clients.awaitDeleted(outage * DELETES / 8);
        backend.refuse();
        backend.resetConnections();
        clients.awaitDeleted(outage * DELETES / 8 + DELETES / 20);
        backend.listen();
      }
      clients.join();
      proxy.awaitReplayed();

      System.out.printf(
          Locale.ROOT,
          "%-36s %d of %d deletes were spooled, %d gets, 0 stale (limit 0)%n",
          "delete spool, loops " + loops + ", fsync " + fsync,
          proxy.count(SpoolCounter.SPOOLED),
          DELETES,
          clients.gets());
      assertThat(clients.faults()).isEmpty();
      assertThat(clients.gets()).isPositive();
      assertThat(stored).as("keys that the server was never told of").isEmpty();
      assertThat(proxy.count(SpoolCounter.SPOOLED)).isGreaterThan(DELETES / 20);
      assertThat(proxy.count(SpoolCounter.REPLAYED)).isEqualTo(proxy.count(SpoolCounter.SPOOLED));
    }
  }

  private static String answer(Set<String> stored, String line) {
    String key = line.substring(line.indexOf(' ') + 1);
    if (line.startsWith("delete ")) {
      return stored.remove(key) ? "DELETED\r\n" : "NOT_FOUND\r\n";
    }
    return stored.contains(key) ? "VALUE " + key + " 0 1\r\nx\r\nEND\r\n" : "END\r\n";
  }

  @Test
  void everyDeleteIsAnsweredWhileMemcachedIsKilledAgainAndAgain() throws InterruptedException {
    try (MemcachedServer memcached = Memcached.start();
        TestProxy proxy =
            ProxySetup.sharded(memcached.port())
                .loops(2)
                .eject(3, SHORT, WhileEjected.ERROR)
                .spool(SpoolSettings.in(directory))
                .start()) {
      DeletingClients clients = DeletingClients.start(proxy, DELETES);
      for (int outage = 1; outage <= 4; outage++) {
        clients.awaitDeleted(outage * DELETES / 6);
        memcached.kill();
        clients.awaitDeleted(outage * DELETES / 6 + DELETES / 20);
        memcached.restart();
      }
      clients.join();
      proxy.awaitReplayed();

      assertThat(clients.faults()).isEmpty();
      assertThat(proxy.count(SpoolCounter.REPLAYED)).isEqualTo(proxy.count(SpoolCounter.SPOOLED));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFrozenMemcachedIsToldWhenItThaws(WhileEjected mode) {
    List<MemcachedServer> servers = Memcached.startAll(2);
    try (TestProxy proxy =
        ProxySetup.sharded(servers)
            .timeout(SHORT)
            .eject(2, SHORT, mode)
            .spool(SpoolSettings.in(directory))
            .start()) {
      RawClient client = proxy.client();
      List<String> keys = IntStream.range(0, 400).mapToObj(i -> "key-" + i * 7919).toList();
      keys.forEach(key -> client.send("set " + key + " 0 0 1\r\nx\r\n").expect("STORED\r\n"));
      servers.get(0).freeze();
      deleteAll(client, keys.subList(0, 200));
      proxy.awaitEjected(0);
      deleteAll(client, keys.subList(200, 400));

      servers.get(0).thaw();
      for (int round = 0; round < 3 || !proxy.isUp(0); round++) {
        assertThat(values(client, keys)).as("values that were deleted").isEmpty();
      }

      proxy.awaitReplayed();
      client.send("get " + keys.get(0) + " " + keys.get(399) + "\r\n").expect("END\r\n");
      try (RawClient direct = RawClient.connect(servers.get(0).address())) {
        assertThat(values(direct, keys)).as("left on the server itself").isEmpty();
      }
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  private static void deleteAll(RawClient client, List<String> keys) {
    client.send(keys.stream().map(key -> "delete " + key + "\r\n").collect(Collectors.joining()));
    for (String key : keys) {
      assertThat(client.readLine()).as(key).isIn("DELETED", "NOT_FOUND");
    }
  }

  /** The keys that are found, asked for one by one; errors count as misses. */
  private static List<String> values(RawClient client, List<String> keys) {
    client.send(keys.stream().map(key -> "get " + key + "\r\n").collect(Collectors.joining()));
    List<String> found = new ArrayList<>();
    for (String key : keys) {
      String line = client.readLine();
      if (line.startsWith("VALUE ")) {
        found.add(key);
        client.expect("x\r\nEND\r\n");
      } else if (!line.startsWith("SERVER_ERROR ")) {
        assertThat(line).isEqualTo("END");
      }
    }
    return found;
  }

  @Test
  void anEjectedReplicaIsToldWhenItIsBack() {
    List<MemcachedServer> servers = Memcached.startAll(2);
    try (TestProxy proxy =
        ProxySetup.replicated(servers.get(0).port(), servers.get(1).port())
            .timeout(SHORT)
            .eject(1, SHORT, WhileEjected.ERROR)
            .spool(SpoolSettings.in(directory))
            .start()) {
      RawClient client = proxy.client();
      client.send("set a 0 0 1\r\nx\r\nset b 0 0 1\r\nx\r\n").expect("STORED\r\nSTORED\r\n");
      servers.get(0).freeze();
      client.send("delete a\r\n").expect("DELETED\r\n");
      proxy.awaitEjected(0);
      client.send("delete b\r\n").expect("DELETED\r\n");

      servers.get(0).thaw();
      proxy.awaitUp(0);

      client.send("get a b\r\n").expect("END\r\n");
      try (RawClient direct = RawClient.connect(servers.get(0).address())) {
        direct.send("get a b\r\n").expect("END\r\n");
      }
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  @Test
  void aDeleteThatCannotBeKeptFails() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (MemcachedServer memcached = Memcached.start();
        TestProxy proxy =
            ProxySetup.sharded(memcached.port())
                .spool(SpoolSettings.in(file.resolve("spool")))
                .start()) {
      memcached.kill();
      RawClient client = proxy.client();

      client.send("delete key\r\n");

      assertThat(client.readLine()).startsWith("SERVER_ERROR server ");
      assertThat(proxy.count(SpoolCounter.REFUSED_UNWRITABLE)).isPositive();
      memcached.restart();
      Await.until("the server answers", () -> client.send("get key\r\n").readLine().equals("END"));
    }
  }
}
