package io.fairlead.server.holders;

import io.fairlead.placement.PoolPlacement;
import io.fairlead.placement.PoolPlacement.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key on one server.
 *
 * @param copy what the server has; null for nothing, or when it has not answered
 */
public record Holding(ServerAnswer answer, @Nullable Copy copy, Finding finding) {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public Holding(ServerAnswer answer, @Nullable Copy copy, Finding finding) {
    this.answer = answer;
    this.copy = copy;
    this.finding = finding;
  }

  /** What an operator wants to know of it. */
  public enum Finding {
    /** The key belongs there, and is. */
    HELD("held"),
    /** It belongs there, and is not. */
    MISSING("missing"),
    /** It belongs elsewhere: nobody changes or deletes it here, until keys move back. */
    STALE_COPY("stale copy"),
    /** It belongs elsewhere, and is not there. */
    NOTHING("-"),
    NO_ANSWER("no answer");

    private final String word;

    Finding(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * A key on each server of a pool: those where it belongs first.
   *
   * @param index that of the key among those that were asked for
   * @param answers of the servers of the pool, in their order
   */
  public static List<Holding> of(
      PoolPlacement placement, byte[] key, int index, List<ServerAnswer> answers) {
    int owner = owner(placement, key);
    List<Holding> homes = new ArrayList<>();
    List<Holding> others = new ArrayList<>();
    for (int server = 0; server < answers.size(); server++) {
      ServerAnswer answer = answers.get(server);
      boolean belongs = server == owner || !hasOneHome(placement);
      Copy copy = answer.copy(index);
      Finding finding = finding(placement, answer, belongs, copy != null);
      (belongs ? homes : others).add(new Holding(answer, copy, finding));
    }
    homes.addAll(others);
    return homes;
  }

  private static boolean hasOneHome(PoolPlacement placement) {
    return placement.rule() != Rule.EVERY && placement.rule() != Rule.ANY;
  }

  private static int owner(PoolPlacement placement, byte[] key) {
    long hash = placement.usesHash() ? placement.hash(key, 0, key.length) : 0;
    return placement.serverOf(hash, key, 0, key.length);
  }

  private static Finding finding(
      PoolPlacement placement, ServerAnswer answer, boolean belongs, boolean isThere) {
    if (!answer.isKnown()) {
      return Finding.NO_ANSWER;
    }
    if (isThere) {
      return belongs ? Finding.HELD : Finding.STALE_COPY;
    }
    return belongs && placement.rule() != Rule.ANY ? Finding.MISSING : Finding.NOTHING;
  }
}
