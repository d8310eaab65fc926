package io.fairlead.health;

import io.fairlead.health.LoopWatch.Follower;
import io.fairlead.health.ServerStatus.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What event loops do about a server, until they are told otherwise.
 *
 * @param serves whether it gets requests
 * @param inRing whether it keeps its keys
 * @param misses whether reads that it does not get find nothing, rather than fail
 * @param prober which of them probes it; null when it is not probed
 * @param rampFrom since when it has been getting more requests; {@link #NEVER_RAMPED} if never
 * @param ejections how often it was ejected
 * @param hold what an operator wants of it
 */
public record ServerView(
    State state,
    boolean serves,
    boolean inRing,
    boolean misses,
    @Nullable Follower prober,
    long rampFrom,
    long ejections,
    Hold hold) {
  static final long NEVER_RAMPED = Long.MIN_VALUE;

  /** Of a server that has never failed. */
  public static final ServerView AT_START =
      new ServerView(State.UP, true, true, false, null, NEVER_RAMPED, 0, Hold.NONE);

  /** By hand: what Java has for a record is made at its first use, while a start waits. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerView view
        && state == view.state
        && serves == view.serves
        && inRing == view.inRing
        && misses == view.misses
        && Objects.equals(prober, view.prober)
        && rampFrom == view.rampFrom
        && ejections == view.ejections
        && hold == view.hold;
  }

  @Override
  public int hashCode() {
    return Objects.hash(state, rampFrom, ejections);
  }
}
