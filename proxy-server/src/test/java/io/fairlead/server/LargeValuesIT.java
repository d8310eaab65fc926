package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred clients, each with a value of almost a mebibyte, before a proxy with little memory. */
class LargeValuesIT {
  private static final int CLIENTS = 100;

  /** As much as memcached takes besides the head of an item. */
  private static final int VALUE = 1_048_000;

  private static final int ROUNDS = 5;
  private static final Map<String, String> LITTLE_MEMORY =
      Map.of("FAIRLEAD_HEAP", "128m", "FAIRLEAD_DIRECT", "64m");

  @TempDir private Path folder;

  @Test
  void passThroughInPiecesBothWays() throws Exception {
    List<MemcachedServer> servers = Memcached.startAll(3, "-m", "256");
    List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
    servers.forEach(server -> arguments.addAll(List.of("--server", "127.0.0.1:" + server.port())));
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (RunningFairlead fairlead =
        Launcher.sharedIn(folder).start(LITTLE_MEMORY, arguments.toArray(new String[0]))) {
      int port = fairlead.awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
      fairlead.await("msg=\"ready\"");
      long before = fairlead.residentMib();

      List<Future<?>> exchanges = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String key = "key:" + i;
        exchanges.add(clients.submit(() -> storeAndRead(port, key)));
      }
      for (Future<?> exchange : exchanges) {
        exchange.get();
      }

      long most = fairlead.mostResidentMib();
      System.out.printf(
          Locale.ROOT,
          "%-36s %d MiB when ready, %d at most (limit 160)%n",
          "100 CLIENTS, VALUES OF 1 MIB",
          before,
          most);
      // Each value whole, in one direction only, would be 100 MiB more.
      assertThat(most).isLessThan(160);
    } finally {
      clients.shutdownNow();
      servers.forEach(MemcachedServer::close);
    }
  }

  /** All are stored at once, and then all are read at once, byte by byte as they were. */
  private static void storeAndRead(int port, String key) {
    String value = (key + ' ').repeat(VALUE / key.length()).substring(0, VALUE);
    try (RawClient client = RawClient.connect(port).withDeadline(Duration.ofSeconds(30))) {
      for (int round = 0; round < ROUNDS; round++) {
        client.send("set " + key + " 0 0 " + VALUE + "\r\n" + value + "\r\n");
        client.expect("STORED\r\n");
        client.send("get " + key + "\r\n");
        client.expect("VALUE " + key + " 0 " + VALUE + "\r\n" + value + "\r\nEND\r\n");
      }
    }
  }
}
