package io.fairlead.benchmarks;

import io.fairlead.hotkey.KeySampler;
import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerStats;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is noted of a get besides passing it on: for metrics, and for hot keys.
 *
 * <pre>
 *   proxy-benchmarks/jmh BookkeepingBenchmark -prof gc
 * </pre>
 *
 * <p>Keys come as they would at 80,000 requests a second, by a clock that the benchmark turns. A
 * side-by-side run cannot tell such costs from the wandering of a machine; they are to be compared
 * with the processor time of a request that {@code compare} shows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BookkeepingBenchmark {
  private static final int KEYS = 1 << 17;
  private static final int KEY_BYTES = 20;
  private static final int REQUESTS = 1 << 20;
  private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(1) / 80_000;

  /**
   * How keys are asked for: all alike, which is the worst for a table of the hottest, or as by
   * Zipf's law.
   */
  @Param({"alike", "zipf"})
  public String keys = "alike";

  private final KeySampler sampler = new KeySampler(1);
  private final LoopStats loop = new LoopStats();
  private final PoolStats pool = new PoolStats("main");
  private final ServerStats server = pool.addServer("cache-0");
  private final byte[] bytes = new byte[KEYS * KEY_BYTES];
  private final byte[] key = new byte[KEY_BYTES];
  private final int[] requests = new int[REQUESTS];
  private final int[] times = new int[REQUESTS];
  private int next;
  private long now = 1;

  /** Makes requests enough that no branch can learn them. */
  @Setup
  public void setUp() {
    for (int i = 0; i < KEYS; i++) {
      byte[] name = String.format(Locale.ROOT, "user:%015d", i).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(name, 0, bytes, i * KEY_BYTES, KEY_BYTES);
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    for (int i = 0; i < REQUESTS; i++) {
      requests[i] = keys.equals("zipf") ? zipf(random) : random.nextInt(KEYS);
      times[i] = 100_000 + (int) (random.nextExponential() * 500_000);
    }
  }

  /** A rank by Zipf's law of exponent 1, nearly: its logarithm is as likely anywhere. */
  private static int zipf(RandomGenerator random) {
    return (int) Math.pow(KEYS, random.nextDouble()) - 1;
  }

  /** What is done without hot keys and metrics: a request is fetched, and time goes on. */
  @Benchmark
  public byte nothing() {
    return key(nextRequest())[KEY_BYTES - 1];
  }

  /** Whether a key is to be looked at, and looking at it when it is its turn. */
  @Benchmark
  public byte hotKeys() {
    byte[] asked = key(nextRequest());
    if (sampler.isDue()) {
      sampler.take(asked, KEY_BYTES, now);
    }
    return asked[KEY_BYTES - 1];
  }

  /** The counters and times of a get that was found, of the pool and of the server. */
  @Benchmark
  public byte metrics() {
    int request = nextRequest();
    loop.add(Counter.GET_KEYS, 1);
    loop.add(Counter.GET_HITS, 1);
    pool.requests().took(CommandClass.GET, times[request]);
    pool.requests().count(CommandClass.GET, ResultCounter.FOUND, 1);
    server.results().add(ResultCounter.FOUND, 1);
    server.times().record(times[request] / 2);
    server.latency().record(times[request] / 2);
    return key(request)[KEY_BYTES - 1];
  }

  private int nextRequest() {
    next = next + 1 & REQUESTS - 1;
    now += APART_NANOS;
    return next;
  }

  private byte[] key(int request) {
    System.arraycopy(bytes, requests[request] * KEY_BYTES, key, 0, KEY_BYTES);
    return key;
  }
}
