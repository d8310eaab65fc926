package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.faults.Await;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A proxy with little memory, or few descriptors, before more than it can do.
 *
 * <p>{@code -Dfairlead.soak=600} floods it for ten minutes instead of some seconds.
 */
class OverloadIT {
  private static final int CLIENTS = 20;
  private static final Map<String, String> LITTLE_MEMORY =
      Map.of(
          "FAIRLEAD_HEAP", "128m",
          "FAIRLEAD_DIRECT", "64m",
          "FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=simple");
  private static final int SECONDS = Integer.getInteger("fairlead.soak", 5);

  @TempDir Path folder;

  private final List<MemcachedServer> servers = new ArrayList<>();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private Launcher launcher;
  private int admin;

  @BeforeEach
  void startServers() throws IOException {
    launcher = Launcher.sharedIn(folder);
    admin = FreePorts.next();
    for (int i = 0; i < 3; i++) {
      servers.add(Memcached.start());
    }
  }

  @AfterEach
  void stopServers() {
    servers.forEach(MemcachedServer::close);
  }

  private String[] arguments() {
    List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of("--admin", "127.0.0.1:" + admin));
    servers.forEach(server -> arguments.addAll(List.of("--server", "127.0.0.1:" + server.port())));
    return arguments.toArray(new String[0]);
  }

  private static int awaitReady(RunningFairlead fairlead) throws Exception {
    int port = fairlead.awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
    fairlead.await("msg=\"ready\"");
    return port;
  }

  private static void store(int port, int valueBytes) {
    RawClient client = RawClient.connect(port);
    String value = "v".repeat(valueBytes);
    for (int key = 0; key < FloodClient.KEYS; key++) {
      client.send("set key:" + key + " 0 0 " + valueBytes + "\r\n" + value + "\r\n");
      client.expect("STORED\r\n");
    }
    client.close();
  }

  private List<FloodClient> flood(int port, int clients, int depth) throws IOException {
    List<FloodClient> flood = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      flood.add(new FloodClient(port, i, depth, hits, errors));
    }
    return flood;
  }

  /** Hits a second, over the last part of the time. */
  private double goodput(List<FloodClient> flood, int seconds) throws Exception {
    TimeUnit.SECONDS.sleep(seconds / 2);
    long before = hits.get();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds - seconds / 2);
    double perSecond = (hits.get() - before) * 1e9 / (System.nanoTime() - start);
    for (FloodClient client : flood) {
      assertThat(client.isConnected()).isTrue();
    }
    for (FloodClient client : flood) {
      client.close();
    }
    return perSecond;
  }

  private String metrics() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** The sum over the listeners, where it is told by them. */
  private long metric(String name) throws Exception {
    Matcher matcher =
        Pattern.compile("^" + name + "(?:\\{listener=[^}]*})? ([0-9.E]+)$", Pattern.MULTILINE)
            .matcher(metrics());
    List<String> values = matcher.results().map(row -> row.group(1)).toList();
    assertThat(values).as(name).isNotEmpty();
    return (long) values.stream().mapToDouble(Double::parseDouble).sum();
  }

  private void isWellAfterwards(RunningFairlead fairlead, int port) throws Exception {
    // What clients had sent before they went is in sockets, and may take a slow machine a while.
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (metric("fairlead_buffered_bytes") > 0 && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(metric("fairlead_buffered_bytes"))
        .as("kept, with %d clients", metric("fairlead_client_connections"))
        .isZero();
    RawClient.connect(port).send("version\r\n").expect("VERSION 1.6.18\r\n").close();
    assertThat(metrics()).doesNotContain("fairlead_backend_ejections_total"); // which never was
    assertThat(fairlead.log()).doesNotContain("because of a fault", "OutOfMemory", "LEAK");
  }

  @Test
  void doesAsMuchUnderAFloodAsAtItsBest() throws Exception {
    try (RunningFairlead fairlead = launcher.start(LITTLE_MEMORY, arguments())) {
      int port = awaitReady(fairlead);
      store(port, 100);
      double best = goodput(flood(port, CLIENTS, 64), 5);
      errors.set(0);

      double flooded = goodput(flood(port, CLIENTS, 0), SECONDS);

      System.out.printf(
          Locale.ROOT,
          "%-36s %.0f hits/s, %.2f of the best (limit 0.90), %d errors, %d MiB%n",
          "A FLOOD OF SMALL VALUES",
          flooded,
          flooded / best,
          errors.get(),
          fairlead.residentMib());
      // Wanted is 0.9; the two are measured one after the other on a machine that others use.
      assertThat(flooded / best).isGreaterThan(0.5);
      isWellAfterwards(fairlead, port);
    }
  }

  @Test
  void keepsItsMemoryWhenManyClientsWantLargeValues() throws Exception {
    try (RunningFairlead fairlead = launcher.start(LITTLE_MEMORY, arguments())) {
      int port = awaitReady(fairlead);
      store(port, 20_000);

      double flooded = goodput(flood(port, 200, 0), SECONDS);

      System.out.printf(
          Locale.ROOT,
          "%-36s %.0f hits/s, %d errors, %d MiB%n",
          "A FLOOD OF LARGE VALUES",
          flooded,
          errors.get(),
          fairlead.residentMib());
      assertThat(flooded).isPositive();
      isWellAfterwards(fairlead, port);
    }
  }

  @Test
  void tenThousandIdleClientsCostLittle() throws Exception {
    long openFiles = Long.parseLong(limitOfOpenFiles());
    assumeThat(openFiles).as("open files that a process may have").isGreaterThan(11_000);
    List<SocketChannel> clients = new ArrayList<>();
    try (RunningFairlead fairlead = launcher.start(arguments())) {
      int port = awaitReady(fairlead);
      for (int i = 0; i < 10_000 - 1; i++) {
        clients.add(
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
      }

      Await.until("all are accepted", () -> isAt("fairlead_client_connections", clients.size()));
      long rss = fairlead.residentMib();

      System.out.printf(Locale.ROOT, "%-36s %d MiB (limit 300)%n", "10,000 IDLE CLIENTS", rss);
      assertThat(rss).isLessThanOrEqualTo(300);
      RawClient.connect(port).send("version\r\n").expect("VERSION 1.6.18\r\n").close();
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private boolean isAt(String name, long value) {
    try {
      return metric(name) == value;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String limitOfOpenFiles() throws IOException {
    String limits = Files.readString(Path.of("/proc/self/limits"));
    Matcher matcher = Pattern.compile("Max open files\\s+\\S+\\s+(\\d+)").matcher(limits);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void restsWhenThereAreNoDescriptorsLeft() throws Exception {
    List<SocketChannel> clients = new ArrayList<>();
    try (RunningFairlead fairlead = launcher.withOpenFiles(150).start(arguments())) {
      int port = awaitReady(fairlead);
      RawClient early = RawClient.connect(port);
      early.send("set a 0 0 1\r\n1\r\n").expect("STORED\r\n");
      for (int i = 0; i < 200; i++) {
        clients.add(
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
      }
      TimeUnit.MILLISECONDS.sleep(500); // until the descriptors are gone

      Duration before = cpu(fairlead);
      TimeUnit.SECONDS.sleep(2);
      double percent = cpu(fairlead).minus(before).toNanos() / 2e9 * 100;

      System.out.printf(
          Locale.ROOT, "%-36s %.1f %% CPU (limit 20)%n", "OUT OF DESCRIPTORS", percent);
      assertThat(percent).isLessThan(20);
      early.send("get a\r\n").expect("VALUE a 0 1\r\n1\r\nEND\r\n");
      for (SocketChannel client : clients) {
        client.close();
      }
      RawClient.connect(port).send("get a\r\n").expect("VALUE a 0 1\r\n1\r\nEND\r\n").close();
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private static Duration cpu(RunningFairlead fairlead) {
    return ProcessHandle.of(fairlead.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }
}
