package io.fairlead.hashing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * By the highest score: each server has one for each key, which its tag and the key make up. So the
 * order of the list moves no key, and without a server only the keys of that one move, each to the
 * server with the next lower score.
 */
public final class RendezvousPlacement implements Placement {
  private static final long KEY_SEED = 2718281828L;
  private static final int FRACTION_BITS = 53;

  private final SaltedKey salted;

  /** The servers that take keys, the hashes of their tags, and their weights if these count. */
  private final int[] servers;

  private final long[] tags;
  private final double @Nullable [] weights;

  /** The scores of the best servers while these are put in order. */
  private final double[] best;

  private RendezvousPlacement(
      byte[] salt, List<String> names, double @Nullable [] all, IntPredicate live) {
    this.salted = new SaltedKey(salt);
    this.servers = IntStream.range(0, names.size()).filter(live).toArray();
    this.tags = IntStream.of(servers).mapToLong(server -> hashOf(names.get(server))).toArray();
    this.weights =
        all == null ? null : IntStream.of(servers).mapToDouble(server -> all[server]).toArray();
    this.best = new double[servers.length];
  }

  /** Over the servers with these tags whose index is {@code live}, each with the same share. */
  public static RendezvousPlacement over(byte[] salt, List<String> tags, IntPredicate live) {
    return new RendezvousPlacement(salt, tags, null, live);
  }

  /** The same with a weight from 0 to 1 for each server, to which its share is in proportion. */
  public static RendezvousPlacement weighted(
      byte[] salt, List<String> tags, List<Double> weights, IntPredicate live) {
    double[] all = weights.stream().mapToDouble(Double::doubleValue).toArray();
    return new RendezvousPlacement(salt, tags, all, live);
  }

  private static long hashOf(String tag) {
    byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
    return Murmur64.of(bytes, 0, bytes.length, Murmur64.SEED);
  }

  @Override
  public long hash(byte[] key, int from, int length) {
    salted.set(key, from, length);
    return salted.murmur64(KEY_SEED);
  }

  @Override
  public int serverOf(long hash, byte[] key, int from, int length) {
    if (servers.length < 2) {
      return servers.length == 0 ? -1 : servers[0];
    }
    int highest = 0;
    double highestScore = score(0, hash);
    for (int i = 1; i < servers.length; i++) {
      double score = score(i, hash);
      // Of equal scores the later one wins, in mcrouter too.
      if (score >= highestScore) {
        highest = i;
        highestScore = score;
      }
    }
    return servers[highest];
  }

  /**
   * Fills {@code order} with the servers that take keys, those with the highest scores first, as
   * far as it reaches: the first one has the key with this {@code hash}, the next ones get it when
   * those before them fail. Tells how many there are.
   */
  public int order(long hash, int[] order) {
    int most = Math.min(order.length, servers.length);
    int found = 0;
    for (int i = 0; i < servers.length; i++) {
      double score = score(i, hash);
      int at = found < most ? found++ : most;
      while (at > 0 && score >= best[at - 1]) {
        at--;
        if (at + 1 < most) {
          best[at + 1] = best[at];
          order[at + 1] = order[at];
        }
      }
      if (at < most) {
        best[at] = score;
        order[at] = servers[i];
      }
    }
    return most;
  }

  private double score(int i, long hash) {
    long mixed = PairHash.of(tags[i], hash);
    return weights == null ? unsigned(mixed) : weights[i] * (1.0 / -Math.log(fraction(mixed)));
  }

  /** The nearest floating-point number: mcrouter compares these, not the bits. */
  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  /** The low bits as a number from 0 to below 1. */
  private static double fraction(long bits) {
    return (bits & ((1L << FRACTION_BITS) - 1)) / (double) (1L << FRACTION_BITS);
  }
}
