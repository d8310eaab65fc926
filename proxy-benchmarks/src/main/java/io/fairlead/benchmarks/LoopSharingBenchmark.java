package io.fairlead.benchmarks;

import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerStats;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether event loops are in each other's way when they count: each has counters of its own, but
 * they are made one after another by one thread, as the proxy does, and may share a line of the
 * processor's cache.
 *
 * <pre>
 *   proxy-benchmarks/jmh LoopSharingBenchmark -t 1
 *   proxy-benchmarks/jmh LoopSharingBenchmark -t 2
 * </pre>
 *
 * <p>A request takes two threads as long as one thread where nothing is shared. {@code shared},
 * where all count in the same place, shows what it would be like otherwise.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LoopSharingBenchmark {
  private static final int LOOPS = 64;
  private static final int NANOS = 350_000;

  private final Account[] accounts = new Account[LOOPS];
  private final AtomicInteger threads = new AtomicInteger();

  public LoopSharingBenchmark() {
    for (int i = 0; i < LOOPS; i++) {
      accounts[i] = new Account();
    }
  }

  /** What a loop counts in. */
  private static final class Account {
    private final LoopStats loop = new LoopStats();
    private final PoolStats pool = new PoolStats("main");
    private final ServerStats server = pool.addServer("cache-0");

    void countGet() {
      loop.add(Counter.GET_KEYS, 1);
      loop.add(Counter.GET_HITS, 1);
      pool.requests().took(CommandClass.GET, NANOS);
      pool.requests().count(CommandClass.GET, ResultCounter.FOUND, 1);
      server.results().add(ResultCounter.FOUND, 1);
      server.times().record(NANOS);
      server.latency().record(NANOS);
    }
  }

  /** Which loop a thread is. */
  @State(Scope.Thread)
  public static class Loop {
    private int number;

    @Setup
    public void choose(LoopSharingBenchmark all) {
      number = all.threads.getAndIncrement() % LOOPS;
    }
  }

  @Benchmark
  public void own(Loop loop) {
    accounts[loop.number].countGet();
  }

  @Benchmark
  public void shared() {
    accounts[0].countGet();
  }
}
