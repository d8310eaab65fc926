package io.fairlead.placement;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which part of the keys each server of a pool gets: counted, for made-up keys of every shape.
 *
 * <p>Ten thousand keys of each shape, and more for very many servers, so that chance moves a count
 * by a few per cent only.
 */
public final class Shares {
  /**
   * A largest share beyond this much of what the weights promise is worth a warning. A ring alone,
   * with a good hash, was seen to give up to 1.3 times with 30 servers and 1.46 with 1000.
   */
  public static final double MOST_EXCESS = 1.5;

  private static final int LEAST_KEYS = 10_000;
  private static final int KEYS_FOR_EACH_SERVER = 200;

  private final PoolPlacement placement;
  private final int keys;
  private final double weights;
  private final Map<KeyShape, int[]> counts = new EnumMap<>(KeyShape.class);

  private Shares(PoolPlacement placement) {
    int servers = placement.pool().servers().size();
    this.placement = placement;
    this.keys = Math.max(LEAST_KEYS, KEYS_FOR_EACH_SERVER * servers);
    this.weights = IntStream.range(0, servers).mapToDouble(placement::weight).sum();
    for (KeyShape shape : KeyShape.values()) {
      counts.put(shape, count(shape));
    }
  }

  /** Counts for a pool in which the hash decides. */
  public static Shares measure(PoolPlacement placement) {
    return new Shares(placement);
  }

  /** A server with more keys of one shape than its weight promises. */
  public record Excess(KeyShape shape, int server, double share, double times) {}

  public PoolPlacement placement() {
    return placement;
  }

  /** How many keys of each shape were counted. */
  public int keys() {
    return keys;
  }

  /** The part, 0 to 1, that a server should have by its weight; each the same where all have 0. */
  public double expected(int server) {
    return weights == 0
        ? 1.0 / placement.pool().servers().size()
        : placement.weight(server) / weights;
  }

  /** The part, 0 to 1, of the keys of a shape that a server has. */
  public double measured(KeyShape shape, int server) {
    int[] ofShape = counts.get(shape);
    return ofShape == null ? 0 : ofShape[server] / (double) keys;
  }

  /** The largest share of a shape, over all servers, in relation to what is expected. */
  public Excess largest(KeyShape shape) {
    Excess largest = excess(shape, 0);
    for (int server = 1; server < placement.pool().servers().size(); server++) {
      Excess other = excess(shape, server);
      largest = other.times() > largest.times() ? other : largest;
    }
    return largest;
  }

  private Excess excess(KeyShape shape, int server) {
    double share = measured(shape, server);
    return new Excess(shape, server, share, share == 0 ? 0 : share / expected(server));
  }

  private int[] count(KeyShape shape) {
    int[] ofServer = new int[placement.pool().servers().size()];
    for (int number = 0; number < keys; number++) {
      byte[] key = shape.key(number);
      long hash = placement.hash(key, 0, key.length);
      int server = placement.serverOf(hash, key, 0, key.length);
      if (server >= 0) {
        ofServer[server]++;
      }
    }
    return ofServer;
  }
}
