package io.fairlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ProxySettings;
import io.fairlead.faults.Await;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.runtime.LoopRule;
import io.fairlead.runtime.Proxy;
import io.fairlead.runtime.ProxyStart;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Event loops come and go many times a second, as the load does, and clients with them: every reply
 * is right, no client is lost, and in the end everything is as before. Needs two processors.
 *
 * <p>{@code -Dfairlead.seed=N} repeats the requests, though not the timing.
 */
@ExtendWith(LeakCheck.class)
class MovingClientsIT {
  /** One loop, two, one and so on, whatever the load. */
  private static final LoopRule RESTLESS = new LoopRule(Duration.ofMillis(40), 0, 1, 99, 1);

  /** As ever, but hasty. */
  private static final LoopRule HASTY = new LoopRule(Duration.ofMillis(40), 0.75, 3, 0.4, 5);

  private static final int CLIENTS = 6;
  private static final int OPERATIONS = Integer.getInteger("fairlead.operations", 400_000);
  private static final int SILENT = 100;
  private static final int PLACES = 300;

  private final List<MemcachedServer> servers = new ArrayList<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    isOver.set(true);
    threads.shutdownNow();
    servers.forEach(MemcachedServer::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void everyReplyIsRightWhileClientsMove(String transport) throws Exception {
    long seed = Long.getLong("fairlead.seed", System.nanoTime());
    IntStream.range(0, Topology.SERVERS).forEach(i -> servers.add(Memcached.start()));
    try (Proxy proxy = start(transport, RESTLESS)) {
      int port = ((InetSocketAddress) proxy.addresses().get(0)).getPort();
      List<RawClient> silent =
          IntStream.range(0, SILENT).mapToObj(i -> RawClient.connect(port)).toList();
      List<CheckingClient> clients = run(proxy, seed);
      long moved = sum(proxy, Counter.CLIENTS_MOVED);
      report(transport, clients, moved);

      assertThat(moved).isGreaterThan(SILENT);
      for (int i = 0; i < SILENT; i++) {
        silent.get(i).send("set s" + i + " 0 0 1\r\nx\r\nget s" + i + "\r\n");
        silent.get(i).expect("STORED\r\nVALUE s" + i + " 0 1\r\nx\r\nEND\r\n");
      }
      silent.forEach(RawClient::close);
      assertNothingIsLeft(proxy, port);
    } catch (Throwable e) {
      throw new AssertionError("-Dfairlead.seed=" + seed, e);
    }
  }

  private Proxy start(String transport, LoopRule rule) throws Exception {
    List<String> addresses =
        servers.stream()
            .map(server -> "127.0.0.1:" + ((InetSocketAddress) server.address()).getPort())
            .toList();
    ProxySettings settings =
        ConfigLoader.parse(
            """
            listeners: [{ address: 127.0.0.1:0, pool: main, connections: PLACES }]
            pools:
              main: { servers: SERVERS, timeout: 10s, eject: false }
            threads: { loops: auto, most_loops: 2, transport: TRANSPORT, rest: false }
            admin: false
            """
                .replace("PLACES", String.valueOf(PLACES))
                .replace("SERVERS", addresses.toString())
                .replace("TRANSPORT", transport),
            "moving.yaml");
    return Proxy.start(ProxyStart.with(settings).countingLoopsBy(rule));
  }

  private List<CheckingClient> run(Proxy proxy, long seed) throws Exception {
    Written written = new Written(CLIENTS, 3 * OPERATIONS / CLIENTS + 10_000);
    Model model = new Model(proxy, seed, new Keys(CLIENTS), written, true);
    List<CheckingClient> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> new CheckingClient(i, model, OPERATIONS / CLIENTS))
            .toList();
    List<Future<?>> all = new ArrayList<>();
    for (CheckingClient client : clients) {
      all.add(
          threads.submit(
              () -> {
                client.run();
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    return clients;
  }

  @Test
  void aLoopIsAddedForALoadAndRetiredAfterIt() throws Exception {
    servers.add(Memcached.start());
    try (Proxy proxy = start("auto", HASTY)) {
      int port = ((InetSocketAddress) proxy.addresses().get(0)).getPort();
      assertThat(proxy.stats()).hasSize(1);
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String key = "k" + i;
        load.add(threads.submit(() -> ask(port, key)));
      }
      Await.until("two loops take clients", () -> sum(proxy, Counter.EVENT_LOOPS) == 2);
      LoopStats second = proxy.stats().get(1);
      Await.until("clients move", () -> second.get(Counter.CLIENTS) > 0);
      Await.until("the second serves them", () -> second.get(Counter.CMD_SET) > 100);

      isOver.set(true);
      for (Future<?> each : load) {
        each.get();
      }
      try (RawClient client = RawClient.connect(port)) {
        Await.until("one loop takes clients", () -> sum(proxy, Counter.EVENT_LOOPS) == 1);
        client.send("get k0\r\nmn\r\n").readThrough("MN\r\n");
        Await.until("the second has none", () -> second.get(Counter.CLIENTS) == 0);
        Await.until("nor connections", () -> serverConnections(proxy) == 1);
      }
    }
  }

  /** What costs the proxy much more than who asks for it, and a value that is the client's own. */
  private void ask(int port, String key) {
    try (RawClient client = RawClient.connect(port)) {
      for (int i = 0; !isOver.get(); i++) {
        String value = String.valueOf(i);
        String item = key + " 0 " + value.length() + "\r\n" + value + "\r\n";
        client.send(
            "stats\r\n".repeat(20)
                + ("mn\r\nset " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n")
                + ("get " + key + "\r\n"));
        client.readThrough("MN\r\n");
        client.expect("STORED\r\nVALUE " + item + "END\r\n");
      }
    }
  }

  private static long ended(Proxy proxy) {
    return Arrays.stream(ListenerCounter.values())
        .filter(counter -> counter.name().startsWith("CLOSED_"))
        .mapToLong(why -> proxy.listeners().stream().mapToLong(each -> each.get(why)).sum())
        .sum();
  }

  private static void assertNothingIsLeft(Proxy proxy, int port) {
    Await.until("all are gone", () -> sum(proxy, Counter.CLIENTS) == 0);
    Await.until(
        "the end of each is counted", () -> ended(proxy) == sum(proxy, Counter.CLIENTS_ACCEPTED));
    List<RawClient> all = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      all.add(RawClient.connect(port).send("mn\r\n").expect("MN\r\n"));
    }
    try (RawClient refused = RawClient.connect(port)) {
      refused.expect("ERROR Too many open connections\r\n").expectClosed();
    }
    all.forEach(RawClient::close);
  }

  private static long serverConnections(Proxy proxy) {
    return proxy.poolCounters().stream()
        .flatMap(pool -> pool.servers().stream())
        .mapToLong(server -> server.get(ServerCounter.SERVER_CONNECTIONS))
        .sum();
  }

  private static long sum(Proxy proxy, Counter counter) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  private static void report(String transport, List<CheckingClient> clients, long moved) {
    System.out.printf(
        "%s: %d requests checked, clients moved %d times%n",
        transport, clients.stream().mapToLong(CheckingClient::checked).sum(), moved);
  }
}
