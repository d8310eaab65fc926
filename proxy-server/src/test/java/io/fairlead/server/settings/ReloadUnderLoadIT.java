package io.fairlead.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.LoadOptions;
import io.fairlead.dialect.FileLoader;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.OpenLoad;
import io.fairlead.server.watch.SeenFiles;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One reload after the other before real memcached. */
@ExtendWith(LeakCheck.class)
class ReloadUnderLoadIT {
  private static final int RELOADS = 100;
  private static final int MORE_RELOADS = 200;
  private static final int KEYS = 1000;
  private static final int REQUESTS_PER_SECOND = 10_000;
  private static final int REQUESTS_PER_RELOAD = 400;
  private static final long BLIP_NANOS = 40_000_000;

  /** By which the middle reload may be slower than the same time without one. */
  private static final double LONGEST_BLIP_MILLIS = 5;

  @TempDir private Path folder;
  private Servers servers;
  private Path file;
  private int port;
  private FileSettings source;

  @BeforeEach
  void start() {
    servers = new Servers(3);
    port = FreePorts.next();
    file = folder.resolve("fairlead.yaml");
    source =
        new FileSettings(
            file,
            (content, imports) -> FileLoader.read(file, content, LoadOptions.NONE, imports),
            loaded -> {},
            settings -> settings);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private void write(int count, String web, String listeners) throws IOException {
    String list =
        servers.ports().stream()
            .limit(count)
            .map(at -> "127.0.0.1:" + at)
            .collect(Collectors.joining(", "));
    Files.writeString(
        file,
        """
        listeners: [{address: "127.0.0.1:%d", route: web}%s]
        pools:
          main: {servers: [%s], timeout: 10s, connect_timeout: 10s, eject: false}
          spare: {servers: ["127.0.0.1:%d"], timeout: 10s, connect_timeout: 10s, eject: false}
        routes: {web: {failover: [main, spare]%s}}
        admin: false
        threads: {loops: 2}
        """
            .formatted(port, listeners, list, servers.ports().get(0), web));
  }

  private void writeNth(int reload) throws IOException {
    switch (reload % 4) {
      case 0 -> write(3, "", "");
      case 1 -> write(2, "", "");
      case 2 -> Files.writeString(file, "listeners: [{address: \"127.0.0.1:" + port);
      default -> write(2, ", on: [timeout]", "");
    }
  }

  @Test
  void nobodyNoticesAReload() throws Exception {
    write(2, "", "");
    try (Proxy proxy = Proxy.start(source.read(new SeenFiles()))) {
      fill();
      Reload reload = new Reload(source, proxy::update, null);
      List<Long> starts = new ArrayList<>();
      List<Long> calm = new ArrayList<>();
      OpenLoad load = OpenLoad.start(port, KEYS, REQUESTS_PER_SECOND);
      long begin = System.nanoTime();
      try (load) {
        awaitAnswers(load, REQUESTS_PER_SECOND);
        for (int i = 0; i < RELOADS; i++) {
          writeNth(i);
          starts.add(System.nanoTime());
          reload.readAgain();
          awaitAnswers(load, REQUESTS_PER_RELOAD);
          calm.add(System.nanoTime());
          awaitAnswers(load, REQUESTS_PER_RELOAD);
        }
      }
      List<OpenLoad.Answer> answers = load.answers();
      double[] blips = slowest(answers, starts);
      double[] others = slowest(answers, calm);
      double rate = answers.size() / ((System.nanoTime() - begin) / 1e9);
      System.out.printf(
          Locale.ROOT,
          "%-36s %d reloads at %.0f req/s, p99 of 40 ms from each on: median %.2f ms, p90 %.2f,"
              + " worst %.2f; without one: median %.2f ms, p90 %.2f, worst %.2f; %d errors%n",
          "RELOAD UNDER LOAD",
          RELOADS,
          rate,
          OpenLoad.median(blips),
          blips[RELOADS * 9 / 10],
          blips[RELOADS - 1],
          OpenLoad.median(others),
          others[RELOADS * 9 / 10],
          others[RELOADS - 1],
          load.wrong().size());

      assertThat(load.wrong()).isEmpty();
      assertThat(load.missed()).as("keys that moved").hasSizeBetween(1, KEYS / 2);
      assertThat(OpenLoad.median(blips) - OpenLoad.median(others)).isLessThan(LONGEST_BLIP_MILLIS);
      assertThat(reload.status().successes()).isEqualTo(RELOADS * 3 / 4);
      assertThat(reload.status().failures()).isEqualTo(RELOADS / 4);
      assertThat(count(proxy, Counter.CONNECTIONS_LOST)).isZero();
    }
  }

  /** The p99 of the time after each of some moments, in ascending order. */
  private static double[] slowest(List<OpenLoad.Answer> answers, List<Long> moments) {
    return moments.stream()
        .mapToDouble(moment -> OpenLoad.p99Millis(answers, moment, moment + BLIP_NANOS))
        .sorted()
        .toArray();
  }

  private static long count(Proxy proxy, Counter counter) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  private void fill() {
    try (RawClient client = RawClient.connect(port)) {
      for (int i = 0; i < KEYS; i++) {
        client.send("set " + OpenLoad.key(i) + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
      }
    }
  }

  private static void awaitAnswers(OpenLoad load, int more) {
    int wanted = load.answered() + more;
    Await.until(
        "requests are answered", () -> load.answered() >= wanted || !load.wrong().isEmpty());
  }

  @Test
  void nothingOfFormerConfigurationsStays() throws Exception {
    write(2, "", "");
    int second = FreePorts.next();
    try (Proxy proxy = Proxy.start(source.read(new SeenFiles()))) {
      Reload reload = new Reload(source, proxy::update, null);
      fill();
      cycle(reload, second);
      long files = openFiles();
      List<WeakReference<?>> former = new ArrayList<>();
      for (int i = 0; i < MORE_RELOADS / 2; i++) {
        former.addAll(cycle(reload, second, proxy));
      }

      assertThat(reload.status().failures()).isZero();
      assertThat(former).hasSizeGreaterThan(MORE_RELOADS);
      Await.until("connections are closed", () -> openFiles() <= files);
      Await.until("nothing refers to former servers", () -> areGone(former));
    }
  }

  private void cycle(Reload reload, int second) throws IOException {
    write(3, "", ", {address: \"127.0.0.1:" + second + "\", pool: main}");
    reload.readAgain();
    write(2, "", "");
    reload.readAgain();
  }

  /** Counters live as long as the pool or server that counts there. */
  private List<WeakReference<?>> cycle(Reload reload, int second, Proxy proxy) throws IOException {
    write(3, "", ", {address: \"127.0.0.1:" + second + "\", pool: main}");
    reload.readAgain();
    List<WeakReference<?>> counted = new ArrayList<>();
    for (PoolStats pool : proxy.poolCounters()) {
      if (pool.pool().equals("main")) {
        counted.add(new WeakReference<>(pool));
        counted.add(new WeakReference<>(pool.servers().get(2)));
      }
    }
    write(2, "", "");
    reload.readAgain();
    return counted;
  }

  private static boolean areGone(List<WeakReference<?>> references) {
    System.gc();
    return references.stream().allMatch(reference -> reference.get() == null);
  }

  private static long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
