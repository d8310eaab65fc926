package io.fairlead.health;

import io.fairlead.config.EjectSettings;
import io.fairlead.health.LoopWatch.Follower;
import io.fairlead.health.ServerStatus.State;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The health of one server, for all event loops: what they tell and ask of it, and what is kept of
 * it. Its {@link PoolHealth} decides, and its lock guards every field but one.
 */
public final class ServerHealth {
  /** One ejection of late is forgotten for so long without another. */
  static final long DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final double RAMP_BEGINS_AT = 0.1;

  private final PoolHealth pool;
  private final String name;
  private final String address;
  private final HealthLog log;
  private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
  private final Map<FailureKind, Long> ejections = new EnumMap<>(FailureKind.class);
  final ProbeSchedule probes;

  /** Whether the success of a request is of interest; all that a success reads. */
  private final AtomicBoolean awaitsSuccess = new AtomicBoolean();

  private State state = State.UP;
  private Hold hold = Hold.NONE;
  private long since;
  private @Nullable FailureKind reason;
  private @Nullable Follower prober;
  private int failuresInARow;
  private int connectFailuresInARow;
  private boolean hasTimedOut;
  private long lastTimeout;
  private int ejectionsOfLate;
  private long ejectionCount;
  private long probeCount;
  private long ejectedAt;
  private long outUntil;
  private long healthySince;
  private long rampFrom = ServerView.NEVER_RAMPED;

  ServerHealth(PoolHealth pool, String name, String address, ProbeSchedule probes, long now) {
    this.pool = pool;
    this.name = name;
    this.address = address;
    this.log = new HealthLog(pool.name(), name, address);
    this.probes = probes;
    this.since = now;
    this.healthySince = now;
  }

  // What event loops tell and ask; from any thread.

  /** It has answered a request. */
  public void answered() {
    if (awaitsSuccess.getOpaque()) {
      pool.answered(this);
    }
  }

  /**
   * It has failed; the watch of the loop that tells this is to be refreshed then.
   *
   * @param by whose loop is to probe it
   */
  public void failed(FailureKind kind, Follower by) {
    pool.failed(this, kind, by);
  }

  /**
   * A probe is over; likewise.
   *
   * @param mayReturn whether nothing else is to be done before it gets requests
   */
  public void probed(boolean answered, boolean mayReturn) {
    pool.probed(this, answered, mayReturn);
  }

  /** Until the next probe. */
  public long nanosToProbe() {
    return pool.nanosToProbe(this);
  }

  /** The part of the usual requests that it may have in flight. */
  public double rampShare() {
    return pool.rampShare(this);
  }

  public HealthReport report() {
    return pool.report(this);
  }

  // What the pool does with it, with the lock.

  Hold hold() {
    return hold;
  }

  /** An operator wants something else of it; what it failed before that is forgotten. */
  void hold(Hold next) {
    log.held(hold, next, state);
    hold = next;
    forgetFailures();
  }

  State state() {
    return state;
  }

  long since() {
    return since;
  }

  @Nullable Follower prober() {
    return prober;
  }

  void probeBy(@Nullable Follower follower) {
    prober = follower;
  }

  boolean isAt(String otherAddress) {
    return address.equals(otherAddress);
  }

  /** Counts a failure; false when it is one that has been counted. */
  boolean note(FailureKind kind, long now, long timeoutNanos) {
    if (kind == FailureKind.TIMEOUT) {
      // However many requests on however many loops time out at once, it has failed once. One that
      // is
      // sent when another has timed out may be noted a little less than a time-out later.
      if (hasTimedOut && now - lastTimeout < timeoutNanos / 2) {
        return false;
      }
      hasTimedOut = true;
      lastTimeout = now;
    }
    failures.merge(kind, 1L, Long::sum);
    failuresInARow++;
    connectFailuresInARow += kind.isOfConnecting() ? 1 : 0;
    awaitsSuccess.setOpaque(!state.isOut());
    return true;
  }

  void forgetFailures() {
    failuresInARow = 0;
    connectFailuresInARow = 0;
    awaitsSuccess.setOpaque(state == State.FAILING);
  }

  boolean hasFailedTooOften(EjectSettings settings) {
    return failuresInARow >= settings.failures()
        || connectFailuresInARow >= settings.connectFailures();
  }

  void blame(FailureKind kind, Follower by) {
    reason = kind;
    prober = by;
  }

  /**
   * Takes it out.
   *
   * @param began when it got no requests any more
   * @param jitter by which its time is multiplied
   */
  void eject(long began, long now, EjectSettings settings, double jitter) {
    long forgotten = Math.max(0, now - healthySince) / DECAY_NANOS;
    ejectionsOfLate = (int) Math.max(0, ejectionsOfLate - forgotten) + 1;
    ejectionCount++;
    ejections.merge(reason == null ? FailureKind.LOST : reason, 1L, Long::sum);
    long time = settings.time().toNanos() * ejectionsOfLate;
    long longest = settings.longestTime().toNanos();
    ejectedAt = began;
    outUntil = began + (long) (Math.min(time, longest) * jitter);
    change(State.EJECTED, now);
  }

  /** When it may come back; when all depend on it, after the shortest time. */
  long returnsAt(EjectSettings settings, boolean isUrgent) {
    long shortest = ejectedAt + settings.time().toNanos();
    return isUrgent && shortest - outUntil < 0 ? shortest : outUntil;
  }

  /** An operator lets it come back, as soon as it answers a probe. */
  void awaitProbe(long now) {
    state = State.PROBING;
    since = now;
    ejectedAt = now;
    outUntil = now;
    awaitsSuccess.setOpaque(false);
  }

  void comeBack(long now, boolean ramps) {
    healthySince = now;
    rampFrom = ramps ? now : ServerView.NEVER_RAMPED;
    recover(ramps ? State.RAMPING : State.UP, now);
  }

  void recover(State to, long now) {
    reason = null;
    prober = null;
    hasTimedOut = false;
    change(to, now);
    forgetFailures();
  }

  void countProbe() {
    probeCount++;
  }

  void change(State to, long now) {
    State from = state;
    if (from == to) {
      return;
    }
    state = to;
    since = now;
    awaitsSuccess.setOpaque(!to.isOut() && failuresInARow > 0);
    if (hold == Hold.NONE) {
      log.changed(now, from, report(now));
    }
  }

  /** Tells the log what it was not told at once. */
  void settleLog(long now) {
    log.settle(now, report(now));
  }

  double rampShare(long now, long rampNanos) {
    if (state != State.RAMPING || now - rampFrom >= rampNanos) {
      return 1;
    }
    double passed = Math.max(0, now - rampFrom) / (double) rampNanos;
    return RAMP_BEGINS_AT + (1 - RAMP_BEGINS_AT) * passed;
  }

  boolean hasRamped(long now, long rampNanos) {
    return state == State.RAMPING && now - rampFrom >= rampNanos;
  }

  ServerView view(boolean serves, boolean inRing, boolean misses, boolean isProbed) {
    return new ServerView(
        state, serves, inRing, misses, isProbed ? prober : null, rampFrom, ejectionCount, hold);
  }

  HealthReport report(long now) {
    Duration nextProbe =
        pool.isProbed(this) ? Duration.ofNanos(Math.max(0, probes.due() - now)) : null;
    return new HealthReport(
        shown(), reason, failuresInARow, failures, ejections, probeCount, nextProbe);
  }

  /** What people are shown: first of all, what one of them wants. */
  private State shown() {
    return switch (hold) {
      case NONE -> state;
      case DRAINED -> State.DRAINED;
      case PAUSED -> State.PAUSED;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
