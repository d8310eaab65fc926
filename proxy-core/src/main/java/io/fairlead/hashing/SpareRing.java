package io.fairlead.hashing;

import java.util.Arrays;
import java.util.List;

/**
 * Who gets a hash when the one server that owns it is ejected: the ketama rings of a pool without
 * each of its servers, in one table.
 */
public final class SpareRing {
  /*
   * The ring without a server is not always the full one with holes: what is left is weighed anew,
   * and a survivor may then have more points, or fewer (twemproxy's rounding; any pool with unequal
   * weights). Its points are always the first of one sequence, though. So the table has for every
   * server as many points as it has in any of the rings, each with its number in that sequence, and
   * a search steps over the points that the ring in question does not have.
   *
   * One ring for each ejected server would be simpler, but for 300 servers that is 14 million points.
   */
  private final long[] weights;

  /** Of all servers. */
  private final long weight;

  /** Ascending, with the highest bit flipped. */
  private final int[] points;

  /** The server that has claimed each point. */
  private final int[] owners;

  /** How many points of that server come before it. */
  private final int[] numbers;

  private SpareRing(long[] weights, int[] points, int[] owners, int[] numbers) {
    this.weights = weights;
    this.weight = Arrays.stream(weights).sum();
    this.points = points;
    this.owners = owners;
    this.numbers = numbers;
  }

  /** The rings of {@code members} without each one of them. */
  public static SpareRing over(List<RingMember> members) {
    long[] weights = members.stream().mapToLong(RingMember::weight).toArray();
    long weight = Arrays.stream(weights).sum();
    int[] most = new int[weights.length];
    for (int server = 0; server < weights.length; server++) {
      for (int ejected = 0; ejected < weights.length; ejected++) {
        if (ejected != server) {
          most[server] = Math.max(most[server], pointCount(weights, weight, server, ejected));
        }
      }
    }
    return claimed(members, weights, most);
  }

  /** The server that owns {@code hash} while {@code ejected} is away; -1 when none does. */
  public int serverOf(int hash, int ejected) {
    int start = Arrays.binarySearch(points, KetamaRing.flipped(hash));
    int from = start < 0 ? -start - 1 : firstOf(start);
    for (int step = 0; step < points.length; step++) {
      int index = from + step < points.length ? from + step : from + step - points.length;
      int owner = owners[index];
      if (owner != ejected && numbers[index] < pointCount(weights, weight, owner, ejected)) {
        return owner;
      }
    }
    return -1;
  }

  /** How many points a server has on the ring without another one. */
  private static int pointCount(long[] weights, long weight, int server, int ejected) {
    return KetamaRing.pointCount(
        (int) weights[server], weight - weights[ejected], weights.length - 1);
  }

  /** The first of equal points, of which a binary search finds any. */
  private int firstOf(int index) {
    int first = index;
    while (first > 0 && points[first - 1] == points[index]) {
      first--;
    }
    return first;
  }

  private static SpareRing claimed(List<RingMember> members, long[] weights, int[] most) {
    int size = Arrays.stream(most).sum();
    int[] claimers = new int[size];
    int[] sequence = new int[size];
    long[] claims = new long[size];
    int next = 0;
    for (int server : ServerOrder.ofLive(members, index -> true)) {
      int[] own = KetamaRing.pointsOf(members.get(server).name(), most[server]);
      for (int number = 0; number < own.length; number++) {
        claimers[next] = server;
        sequence[next] = number;
        claims[next] = (long) KetamaRing.flipped(own[number]) << 32 | next;
        next++;
      }
    }
    Arrays.sort(claims); // by point, and by the order of servers where two claim the same
    return new SpareRing(
        weights,
        Arrays.stream(claims).mapToInt(claim -> (int) (claim >> 32)).toArray(),
        Arrays.stream(claims).mapToInt(claim -> claimers[(int) claim]).toArray(),
        Arrays.stream(claims).mapToInt(claim -> sequence[(int) claim]).toArray());
  }
}
