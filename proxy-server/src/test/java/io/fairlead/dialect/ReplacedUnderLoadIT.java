package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.NutcrackerProcess;
import io.fairlead.testkit.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nutcracker is stopped and the proxy started with its file, while a client reads: all stays warm.
 */
@ExtendWith(LeakCheck.class)
class ReplacedUnderLoadIT {
  private static final int KEYS = 2000;
  private static final int ENOUGH_GETS = 5 * KEYS;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger misses = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicBoolean ends = new AtomicBoolean();

  @Test
  void noKeyIsLostWhenNutcrackerIsReplaced() throws Exception {
    List<MemcachedServer> servers = Memcached.startAll(3);
    int port = FreePorts.next();
    Path file = Files.writeString(folder.resolve("nutcracker.yml"), file(servers, port));
    NutcrackerProcess nutcracker = NutcrackerProcess.start(Files.readString(file));
    CompletableFuture<Void> reader = null;
    try {
      fill(port);
      reader = CompletableFuture.runAsync(() -> read(port));
      String before = awaitGets();

      nutcracker.close();
      try (Proxy proxy = Proxy.start(ConfigLoader.load(file))) {
        String after = awaitGets();
        ends.set(true);
        reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        System.out.printf(
            "%-36s before: %s  after: %s  %d connections lost or refused between%n",
            "NUTCRACKER REPLACED UNDER LOAD", before, after, refused.get());
        assertThat(proxy.addresses()).hasSize(1);
        assertThat(misses).hasValue(0);
      }
    } finally {
      ends.set(true);
      nutcracker.close();
      servers.forEach(MemcachedServer::close);
    }
  }

  private static String file(List<MemcachedServer> servers, int port) {
    StringBuilder file = new StringBuilder();
    file.append("cache:\n  listen: 127.0.0.1:" + port + "\n  hash: fnv1a_64\n");
    file.append("  distribution: ketama\n  timeout: 20000\n  servers:\n");
    for (int i = 0; i < servers.size(); i++) {
      file.append("   - 127.0.0.1:" + servers.get(i).port() + ":1 cache-" + i + "\n");
    }
    return file.toString();
  }

  private static void fill(int port) {
    try (RawClient client = RawClient.connect(port).withDeadline(PATIENCE)) {
      for (int i = 0; i < KEYS; i++) {
        client.send("set user:" + i + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
      }
    }
  }

  private void read(int port) {
    while (!ends.get()) {
      try (RawClient client = RawClient.connect(port).withDeadline(PATIENCE)) {
        for (int i = 0; !ends.get(); i = (i + 1) % KEYS) {
          get(client, "user:" + i);
        }
      } catch (RuntimeException | AssertionError e) {
        refused.incrementAndGet(); // nobody listens for a moment
      }
    }
  }

  private void get(RawClient client, String key) {
    client.send("get " + key + "\r\n");
    if (client.readLine().equals("END")) {
      misses.incrementAndGet();
      return;
    }
    client.expect("x\r\nEND\r\n");
    hits.incrementAndGet();
  }

  /** Waits until the client has read much more, and says what came of it. */
  private String awaitGets() throws InterruptedException {
    int hitsBefore = hits.get();
    int missesBefore = misses.get();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (hits.get() + misses.get() - hitsBefore - missesBefore < ENOUGH_GETS) {
      assertThat(System.nanoTime() - end).as("gets go on").isNegative();
      TimeUnit.MILLISECONDS.sleep(1);
    }
    int found = hits.get() - hitsBefore;
    int lost = misses.get() - missesBefore;
    return String.format(
        Locale.ROOT, "%.2f %% of %d", 100.0 * found / (found + lost), found + lost);
  }
}
