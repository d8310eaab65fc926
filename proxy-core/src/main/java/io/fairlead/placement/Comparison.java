package io.fairlead.placement;

import io.fairlead.config.ServerSettings;
import io.fairlead.placement.PoolPlacement.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of keys when the settings of their pool are replaced by others: counted, key by key.
 *
 * <p>Of servers that all have the key, the one counts for which the least changes: a key does not
 * move when one of its replicas stays. Where any server may be asked, or there is none, the server
 * is null.
 */
public final class Comparison {
  private final PoolPlacement before;
  private final PoolPlacement after;

  /** By the server before and the one after, each from -1 on. */
  private final long[][] counts;

  private long keys;

  public Comparison(PoolPlacement before, PoolPlacement after) {
    this.before = before;
    this.after = after;
    this.counts = new long[before.pool().servers().size() + 1][after.pool().servers().size() + 1];
  }

  /** How the server of a key before differs from the one after; the least first. */
  public enum Change {
    NOTHING,
    /** The address has another name now. */
    NAME,
    /** The name is at another address now. */
    ADDRESS,
    /** Another name and another address: another server. */
    SERVER
  }

  /** Keys that one server had and another one has. */
  public record Move(
      @Nullable ServerSettings from, @Nullable ServerSettings to, Change change, long keys) {
    // Written out because a compact constructor loses the @Nullable of its parameters.
    public Move(
        @Nullable ServerSettings from, @Nullable ServerSettings to, Change change, long keys) {
      this.from = from;
      this.to = to;
      this.change = change;
      this.keys = keys;
    }
  }

  /** Counts one more key. */
  public void add(byte[] key, int from, int length) {
    int old = server(before, key, from, length);
    int now = server(after, key, from, length);
    if (before.rule() == Rule.EVERY || after.rule() == Rule.EVERY) {
      countLeastChange(old, now);
    } else {
      count(old, now);
    }
    keys++;
  }

  private void count(int old, int now) {
    counts[1 + old][1 + now]++;
  }

  private void countLeastChange(int old, int now) {
    int[] olds = before.rule() == Rule.EVERY ? all(before) : new int[] {old};
    int[] nows = after.rule() == Rule.EVERY ? all(after) : new int[] {now};
    int leastOld = olds[0];
    int leastNow = nows[0];
    for (int some : olds) {
      for (int other : nows) {
        if (change(some, other).compareTo(change(leastOld, leastNow)) < 0) {
          leastOld = some;
          leastNow = other;
        }
      }
    }
    count(leastOld, leastNow);
  }

  private static int[] all(PoolPlacement placement) {
    return IntStream.range(0, placement.pool().servers().size()).toArray();
  }

  public PoolPlacement before() {
    return before;
  }

  public PoolPlacement after() {
    return after;
  }

  /** How many keys were counted. */
  public long keys() {
    return keys;
  }

  /** How many of them move: their server gets another name or address. */
  public long moved() {
    return moves().stream().mapToLong(Move::keys).sum();
  }

  /** From where to where they move, the most keys first. */
  public List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    for (int from = 0; from < counts.length; from++) {
      for (int to = 0; to < counts[from].length; to++) {
        if (counts[from][to] > 0) {
          moves.add(move(from - 1, to - 1, counts[from][to]));
        }
      }
    }
    moves.removeIf(move -> move.change() == Change.NOTHING);
    moves.sort(Comparator.comparingLong(Move::keys).reversed());
    return moves;
  }

  private Move move(int old, int now, long count) {
    return new Move(server(before, old), server(after, now), change(old, now), count);
  }

  private Change change(int old, int now) {
    return change(server(before, old), server(after, now));
  }

  private static @Nullable ServerSettings server(PoolPlacement placement, int index) {
    return index < 0 ? null : placement.server(index);
  }

  private static Change change(@Nullable ServerSettings old, @Nullable ServerSettings now) {
    if (old == null || now == null) {
      return old == null && now == null ? Change.NOTHING : Change.SERVER;
    }
    boolean sameName = old.name().equals(now.name());
    if (old.address().equals(now.address())) {
      return sameName ? Change.NOTHING : Change.NAME;
    }
    return sameName ? Change.ADDRESS : Change.SERVER;
  }

  private static int server(PoolPlacement placement, byte[] key, int from, int length) {
    long hash = placement.usesHash() ? placement.hash(key, from, length) : 0;
    return placement.serverOf(hash, key, from, length);
  }
}
