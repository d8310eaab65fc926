package io.fairlead.benchmarks;

import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.Placement;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * From the bytes of a key to the server that owns it, with the hash functions of mcrouter; {@link
 * PlacementBenchmark} has the same for a ring.
 *
 * <pre>
 *   proxy-benchmarks/jmh McrouterHashBenchmark -prof gc
 * </pre>
 *
 * <p>It must not allocate: {@code gc.alloc.rate.norm} is 0 B/op.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class McrouterHashBenchmark {
  private static final int KEYS = 1024;
  private static final int KEY_BYTES = 20;

  /** Servers of the pool, of weight 0.5 where there are weights. */
  @Param({"3", "20"})
  public int servers;

  @Param public McrouterHash hash = McrouterHash.CH3;

  private final byte[] keys = new byte[KEYS * KEY_BYTES];
  private Placement placement = McrouterHash.CH3.over("", List.of(), List.of(), index -> true);
  private int next;

  /** Builds the placement and enough keys that no branch can learn them. */
  @Setup
  public void setUp() {
    List<String> tags = IntStream.range(0, servers).mapToObj(i -> "mc-" + i).toList();
    placement = hash.over("", tags, Collections.nCopies(servers, 0.5), index -> true);
    for (int i = 0; i < KEYS; i++) {
      byte[] key = String.format(Locale.ROOT, "user:%015d", i).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(key, 0, keys, i * KEY_BYTES, KEY_BYTES);
    }
  }

  /** The hash of a key of 20 bytes, and its server. */
  @Benchmark
  public int place() {
    next = (next + 1) & (KEYS - 1);
    int from = next * KEY_BYTES;
    return placement.serverOf(placement.hash(keys, from, KEY_BYTES), keys, from, KEY_BYTES);
  }
}
