package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The ketama ring of twemproxy: each server claims points in the space of 32-bit hashes, and a hash
 * belongs to the first point that is not below it, around the end to the lowest.
 */
public final class KetamaRing implements Distribution {
  /*
   * A server of average weight has 160 points, or 156 where single precision rounds that way (25
   * equal servers, for one); a server whose weight is small enough beside the others' has none. Each
   * MD5 digest of the name and a running number gives four points.
   *
   * Points are kept with the highest bit flipped: their unsigned order is then the order of plain
   * int comparison. Built once, read by any thread.
   *
   * The first bits of a hash tell where to start looking. There are more such sectors than points and
   * MD5 spreads points evenly, so the point wanted is a step or two away. A binary search takes ten
   * times as long, since each of its steps is a coin toss for the branch predictor.
   */
  private static final int POINTS_PER_DIGEST = 4;

  /** twemproxy cuts the text it digests to this. */
  private static final int MAX_TEXT_BYTES = 272;

  /** Ascending, with the highest bit flipped. */
  private final int[] points;

  /**
   * The owner of each point, then once more that of the first: it owns what lies behind the last.
   */
  private final int[] owners;

  /** The bits of a hash that do not tell its sector. */
  private final int sectorBits;

  /** For each sector, the first point not below its lowest hash. */
  private final int[] sectors;

  private KetamaRing(int[] points, int[] owners) {
    this.points = points;
    this.owners = owners;
    this.sectorBits = Integer.numberOfLeadingZeros(points.length | 1);
    this.sectors = sectors(points, sectorBits);
  }

  /** The ring of those of {@code members} whose index is {@code live}. */
  public static KetamaRing over(List<RingMember> members, IntPredicate live) {
    int[] order = ServerOrder.ofLive(members, live);
    long weights = Arrays.stream(order).mapToLong(server -> members.get(server).weight()).sum();
    int[] counts =
        Arrays.stream(order)
            .map(server -> pointCount(members.get(server).weight(), weights, order.length))
            .toArray();
    long[] claims = new long[Arrays.stream(counts).sum()];
    int size = 0;
    for (int i = 0; i < order.length; i++) {
      claim(members.get(order[i]).name(), i, counts[i], claims, size);
      size += counts[i];
    }
    Arrays.sort(claims);
    return of(claims, order);
  }

  @Override
  public int serverOf(int hash) {
    return owners[firstNotBelow(hash)];
  }

  /** The index of the point that a hash belongs to; of a ring without points, 0. */
  public int indexOf(int hash) {
    int index = firstNotBelow(hash);
    return index < points.length ? index : 0;
  }

  /** How many points the ring has. */
  public int size() {
    return points.length;
  }

  /** How many points the server at index {@code server} of the members has. */
  public int pointsOf(int server) {
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      if (owners[i] == server) {
        count++;
      }
    }
    return count;
  }

  /** The part of all hashes, 0 to 1, that the server at index {@code server} owns. */
  public double shareOf(int server) {
    long owned = 0;
    for (int i = 0; i < points.length; i++) {
      if (owners[i] == server) {
        int previous = points[i == 0 ? points.length - 1 : i - 1];
        owned += Integer.toUnsignedLong(points[i] - previous);
      }
    }
    return owned / (double) (1L << 32);
  }

  /** The hash at which the point {@code index} lies, to be read as unsigned; they ascend. */
  public int pointAt(int index) {
    return flipped(points[index]);
  }

  /** The server that owns the point {@code index}. */
  int ownerAt(int index) {
    return owners[index];
  }

  private int firstNotBelow(int hash) {
    int wanted = flipped(hash);
    int index = sectors[hash >>> sectorBits];
    while (index < points.length && points[index] < wanted) {
      index++;
    }
    return index;
  }

  /** How many points twemproxy gives a server: the rounding of every step to a float is meant. */
  static int pointCount(int weight, long weights, int servers) {
    float share = (float) weight / (float) weights;
    float digests = share * 160f / POINTS_PER_DIGEST * servers;
    int whole = (int) Math.floor((float) (digests + 1e-10));
    return whole * POINTS_PER_DIGEST;
  }

  /**
   * Writes the points of a server at {@code at}, each above the server's place in the order:
   * sorting these numbers sorts by point, and by the order of servers where two claim the same.
   */
  private static void claim(String name, int place, int count, long[] claims, int at) {
    int[] points = pointsOf(name, count);
    for (int i = 0; i < count; i++) {
      claims[at + i] = (long) flipped(points[i]) << 32 | place;
    }
  }

  /** The first {@code count} points of a server, a multiple of four, in no order. */
  static int[] pointsOf(String name, int count) {
    int[] points = new int[count];
    Md5 md5 = new Md5();
    for (int i = 0; i < count; i += POINTS_PER_DIGEST) {
      byte[] text = (name + "-" + i / POINTS_PER_DIGEST).getBytes(UTF_8);
      md5.digest(text, 0, Math.min(text.length, MAX_TEXT_BYTES));
      for (int word = 0; word < POINTS_PER_DIGEST; word++) {
        points[i + word] = md5.word(word);
      }
    }
    return points;
  }

  private static KetamaRing of(long[] claims, int[] order) {
    int[] points = new int[claims.length];
    int[] owners = new int[claims.length + 1];
    for (int i = 0; i < claims.length; i++) {
      points[i] = (int) (claims[i] >> 32);
      owners[i] = order[(int) claims[i]];
    }
    owners[claims.length] = claims.length == 0 ? -1 : owners[0];
    return new KetamaRing(points, owners);
  }

  private static int[] sectors(int[] points, int sectorBits) {
    int[] sectors = new int[1 << (Integer.SIZE - sectorBits)];
    int index = 0;
    for (int i = 0; i < sectors.length; i++) {
      int lowest = flipped(i << sectorBits);
      while (index < points.length && points[index] < lowest) {
        index++;
      }
      sectors[i] = index;
    }
    return sectors;
  }

  static int flipped(int point) {
    return point ^ Integer.MIN_VALUE;
  }
}
