package io.fairlead.benchmarks;

import io.fairlead.hashing.Distribution;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.KeyHasher;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.hashing.RingPlacement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
 * From the bytes of a key to the server that owns it, which every request pays once per key.
 *
 * <pre>
 *   proxy-benchmarks/jmh PlacementBenchmark -prof gc
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
public class PlacementBenchmark {
  private static final int KEYS = 1024;
  private static final int KEY_BYTES = 20;
  private static final KeyHasher HASHER = new KeyHasher(KeyHash.FNV1A_64, KeyBytes.SIGNED, null);

  /** Servers on the ring. */
  @Param({"3", "20"})
  public int servers;

  private final byte[] keys = new byte[KEYS * KEY_BYTES];
  private Distribution ring = hash -> -1;
  private Placement placement = new RingPlacement(HASHER, ring);
  private int next;

  /** Builds the ring and enough keys that no branch can learn them. */
  @Setup
  public void setUp() {
    List<RingMember> members = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      members.add(new RingMember("10.0.0." + i + ":11211", 1));
    }
    ring = DistributionKind.KETAMA.over(members, index -> true);
    placement = new RingPlacement(HASHER, ring);
    for (int i = 0; i < KEYS; i++) {
      byte[] key = String.format(Locale.ROOT, "user:%015d", i).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(key, 0, keys, i * KEY_BYTES, KEY_BYTES);
    }
  }

  /** The hash of a key of 20 bytes. */
  @Benchmark
  public int hash() {
    return KeyHash.FNV1A_64.hash(keys, nextKey(), KEY_BYTES);
  }

  /** The hash and the look-up on the ring. */
  @Benchmark
  public int hashAndLookUp() {
    return ring.serverOf(KeyHash.FNV1A_64.hash(keys, nextKey(), KEY_BYTES));
  }

  /** The same as a pool does it. */
  @Benchmark
  public int place() {
    int from = nextKey();
    return placement.serverOf(placement.hash(keys, from, KEY_BYTES), keys, from, KEY_BYTES);
  }

  private int nextKey() {
    next = next + 1 & KEYS - 1;
    return next * KEY_BYTES;
  }
}
