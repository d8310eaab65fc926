package io.fairlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Fault;
import io.fairlead.testkit.FaultyMemcached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Servers answer wrongly in every way that can be noticed, and no client is ever told anything that
 * belongs to another request; nothing that stores or counts is sent to a server twice.
 *
 * <p>It was seen to fail when values were matched by their place alone and not by their key, when a
 * reply of a kind that was not asked for was passed on or skipped, when a request that timed out
 * was forgotten before its reply came, and when now and then an incr was sent twice.
 *
 * <p>{@code -Dfairlead.seed=N} repeats the requests and the plans of faults, though not the timing;
 * {@code -Dfairlead.operations=N} says how many requests are checked in all.
 */
@ExtendWith(LeakCheck.class)
class NeverWrongReplyIT {
  private static final int OPERATIONS = Integer.getInteger("fairlead.operations", 1_000_000);
  private static final Pattern REPAIR = Pattern.compile("ms \\S+ \\d+ ME F\\d+ T\\d+( b)?");
  private static final int RUNS = 6;
  private static final int CLIENTS = 8;
  private static final int ONE_FAULT_IN = 400;
  private static final String TIMEOUT = "150ms";
  private static final Duration LATE = Duration.ofMillis(200);
  private static final Map<Fault, Integer> MADE = new EnumMap<>(Fault.class);
  private static int runs;

  @ParameterizedTest(name = "{0}, {1} loops")
  @CsvSource({
    "SHARDED, 1",
    "SHARDED, 2",
    "REPLICATED, 1",
    "REPLICATED, 2",
    "FAILOVER, 1",
    "FAILOVER, 2"
  })
  void everyReplyBelongsToItsRequest(Topology topology, int loops) throws Exception {
    long seed = Long.getLong("fairlead.seed", System.nanoTime());
    List<FaultyMemcached> servers =
        IntStream.range(0, Topology.SERVERS)
            .mapToObj(i -> FaultyMemcached.start(seed + i, ONE_FAULT_IN, LATE))
            .toList();
    try (Proxy proxy = start(topology, loops, servers)) {
      List<CheckingClient> clients = clients(model(proxy, seed, topology));
      long start = System.nanoTime();
      run(clients);
      report(topology + ", " + loops + " loops", start, clients, servers, proxy);
      assertFaultsWereMade(servers, proxy);
      assertThat(servers).allSatisfy(server -> assertThat(repeatsOfClients(server)).isEmpty());
    } catch (Throwable e) {
      throw new AssertionError("-Dfairlead.seed=" + seed, e);
    } finally {
      servers.forEach(FaultyMemcached::close);
    }
  }

  /** Without what the proxy adds to a replica that had missed: that may miss the same again. */
  private static List<String> repeatsOfClients(FaultyMemcached server) {
    return server.repeats().stream().filter(line -> !REPAIR.matcher(line).matches()).toList();
  }

  @AfterAll
  static void everyFaultWasMade() {
    if (runs == RUNS) {
      assertThat(MADE).containsKeys(Fault.values());
    }
  }

  private static Proxy start(Topology topology, int loops, List<FaultyMemcached> servers)
      throws Exception {
    List<Integer> ports = servers.stream().map(FaultyMemcached::port).toList();
    return Proxy.start(ConfigLoader.parse(topology.yaml(ports, loops, TIMEOUT), "model.yaml"));
  }

  private static int operationsOfAClient() {
    return OPERATIONS / RUNS / CLIENTS + 1;
  }

  private static Model model(Proxy proxy, long seed, Topology topology) {
    Written written = new Written(CLIENTS, 3 * operationsOfAClient() + 10_000);
    return new Model(proxy, seed, new Keys(CLIENTS), written, topology.hasOneServerForAKey());
  }

  private static List<CheckingClient> clients(Model model) {
    return IntStream.range(0, CLIENTS)
        .mapToObj(i -> new CheckingClient(i, model, operationsOfAClient()))
        .toList();
  }

  private static void run(List<CheckingClient> clients) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
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
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertFaultsWereMade(List<FaultyMemcached> servers, Proxy proxy) {
    runs++;
    faults(servers).forEach((fault, count) -> MADE.merge(fault, count, Integer::sum));
    assertThat(violations(proxy)).isPositive();
    // Together, as where keys go depends on the ports, and one may get none of so few.
    assertThat(servers.stream().mapToInt(FaultyMemcached::watched).sum()).isPositive();
  }

  private static Map<Fault, Integer> faults(List<FaultyMemcached> servers) {
    Map<Fault, Integer> all = new EnumMap<>(Fault.class);
    servers.forEach(
        server -> server.faults().forEach((fault, n) -> all.merge(fault, n, Integer::sum)));
    return all;
  }

  private static long violations(Proxy proxy) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(Counter.PROTOCOL_VIOLATIONS)).sum();
  }

  private static void report(
      String name,
      long start,
      List<CheckingClient> clients,
      List<FaultyMemcached> servers,
      Proxy proxy) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d requests checked in %.1f s, %d values, %d errors, %d connections of clients;"
            + " servers: %d stores and counts, %d violations, faults %s%n",
        name,
        clients.stream().mapToLong(CheckingClient::checked).sum(),
        (System.nanoTime() - start) / 1e9,
        clients.stream().mapToLong(CheckingClient::hits).sum(),
        clients.stream().mapToLong(CheckingClient::errors).sum(),
        clients.stream().mapToLong(CheckingClient::connections).sum(),
        servers.stream().mapToLong(FaultyMemcached::watched).sum(),
        violations(proxy),
        faults(servers));
  }
}
