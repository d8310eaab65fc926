package io.fairlead.health;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.LoopWatch.Follower;
import io.fairlead.health.ServerStatus.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The health of the servers of a pool, one for all event loops: decides who gets requests, so that
 * never too many servers are out.
 */
public final class PoolHealth {
  /*
   * Threads: any event loop tells of failures, under the lock; what follows from them is published as
   * one immutable map, and each loop is told to look at it by a task of its own.
   *
   * Panic: too few servers are healthy, those that fail without being ejected counted with the ejected.
   * Then no key moves any more, as the few that are left would not bear the load of all; and servers
   * that are not healthy get no requests, whether they were ejected or not, unless health is ignored.
   *
   * Haste: in panic, and when all servers are out, the service is waiting for the next probe. It comes
   * within a second then, and a server has to stay out for no longer than the shortest time.
   */
  private static final long CATCHING_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long HASTE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** By up to this part of it a server is out for longer, so that proxies do not act in step. */
  private static final double TIME_JITTER = 0.1;

  private final String name;
  private final LongSupplier clock;
  private final DoubleSupplier random;
  private final PanicLog panicLog;
  private final LoopWatches watches = new LoopWatches(this);
  private final PoolRules rules;
  private long timeoutNanos;

  /**
   * @param clock of nanoseconds that only go up
   * @param random from 0 to 1
   */
  public PoolHealth(PoolSettings pool, LongSupplier clock, DoubleSupplier random) {
    this.name = pool.name();
    this.panicLog = new PanicLog(pool.name());
    this.clock = clock;
    this.random = random;
    this.rules = new PoolRules(pool.eject());
    follow(pool);
  }

  String name() {
    return name;
  }

  /** Takes other settings; servers whose name and address stay keep their health. */
  public synchronized void follow(PoolSettings pool) {
    long now = clock.getAsLong();
    timeoutNanos = pool.timeout().toNanos();
    Map<String, ServerHealth> next = new LinkedHashMap<>();
    for (ServerSettings server : pool.servers()) {
      String address = server.address().toString();
      ServerHealth former = rules.server(server.name());
      next.put(
          server.name(),
          former != null && former.isAt(address)
              ? former
              : new ServerHealth(this, server.name(), address, new ProbeSchedule(random), now));
    }
    rules.follow(pool.eject(), next);
    if (!rules.settings().enabled()) {
      rules.servers().stream()
          .filter(server -> !server.state().isHealthy())
          .forEach(server -> server.comeBack(now, false));
    }
    rules.counted().stream()
        .filter(server -> server.state().isOut())
        .skip(rules.mostOut())
        .forEach(server -> server.change(State.FAILING, now));
    watches.change();
    review(now);
    watches.publish(rules);
  }

  /**
   * Does with a server what an operator wants; false when there is none of that name. Those that
   * are drained count neither as healthy nor as not: the rules hold for the others.
   */
  public synchronized boolean hold(String name, Hold hold) {
    ServerHealth server = rules.server(name);
    if (server == null || server.hold() == hold) {
      return server != null;
    }
    long now = clock.getAsLong();
    settle(now);
    boolean wasDrained = server.hold() == Hold.DRAINED;
    server.hold(hold);
    watches.change();
    if (wasDrained && rules.settings().enabled() && server.state().isHealthy()) {
      comeBackByProbe(server, now);
    } else {
      if (rules.isProbed(server)) {
        server.probes.begin(now, rules.settings().probe());
        server.probeBy(watches.followerOf(server));
      }
      review(now);
    }
    watches.publish(rules);
    return true;
  }

  /**
   * Whoever was drained may have been restarted, and has missed deletes: a probe, at once, brings
   * it back. Until its outcome is known it is no reason for panic.
   */
  private void comeBackByProbe(ServerHealth server, long now) {
    server.awaitProbe(now);
    server.probes.begin(now, rules.settings().probe());
    server.probes.at(now);
    server.probeBy(watches.followerOf(server));
  }

  /** The health of a server; null when the pool has no such server. */
  public synchronized ServerHealth of(ServerSettings server) {
    ServerHealth health = rules.server(server.name());
    if (health == null) {
      throw new IllegalArgumentException("no server of this pool: " + server.name());
    }
    return health;
  }

  /** Lets a server on an event loop hear of changes, from that loop. */
  public LoopWatch watch(Executor loop, Follower follower) {
    LoopWatch watch = watchOn(loop);
    watch.add(follower);
    return watch;
  }

  private synchronized LoopWatch watchOn(Executor loop) {
    return watches.of(loop);
  }

  /** A server on an event loop hears nothing any more: another one may have to probe. */
  synchronized void forget(LoopWatch watch, Follower follower) {
    watches.removeIfEmpty(watch);
    ServerHealth server = follower.health();
    if (server.prober() != null && server.prober().equals(follower)) {
      server.probeBy(watches.followerOf(server));
      watches.change();
      watches.publish(rules);
    }
  }

  /** What loops are to do about each server; another map after each change. */
  Map<ServerHealth, ServerView> views() {
    return watches.views();
  }

  synchronized void answered(ServerHealth server) {
    long now = clock.getAsLong();
    settle(now);
    if (server.state().isHealthy()) {
      server.forgetFailures();
    } else if (server.state() == State.FAILING
        && rules.serves(server)
        && hasFailedLongEnough(server, now)) {
      server.recover(State.UP, now);
      watches.change();
      review(now);
    }
    watches.publish(rules);
  }

  /** So that the others do not have to follow a server that fails now and then all the time. */
  private boolean hasFailedLongEnough(ServerHealth server, long now) {
    return now - server.since() >= rules.settings().time().toNanos();
  }

  synchronized void failed(ServerHealth server, FailureKind kind, Follower by) {
    if (server.hold() != Hold.NONE) {
      return; // an operator knows what it is doing
    }
    long now = clock.getAsLong();
    settle(now);
    if (server.note(kind, now, timeoutNanos)
        && rules.hasMember(server)
        && rules.isToBeOut(server)) {
      server.blame(kind, by);
      ejectOrNot(server, now);
      review(now);
    }
    watches.publish(rules);
  }

  private void ejectOrNot(ServerHealth server, long now) {
    if (rules.hasRoom()) {
      // Whoever got no requests as it was has been out since then, and goes on being probed.
      boolean wasProbed = rules.isProbed(server);
      long began = wasProbed ? server.since() : now;
      double jitter = 1 + TIME_JITTER * Math.abs(2 * random.getAsDouble() - 1);
      if (!wasProbed) {
        server.probes.begin(now, rules.settings().probe());
      }
      server.eject(began, now, rules.settings(), jitter);
    } else {
      server.change(State.FAILING, now);
      if (rules.isProbed(server)) {
        server.probes.begin(now, rules.settings().probe());
      }
    }
    watches.change();
  }

  synchronized void probed(ServerHealth server, boolean answered, boolean mayReturn) {
    long now = clock.getAsLong();
    settle(now);
    server.countProbe();
    if (!rules.isProbed(server)) {
      return;
    }
    if (!answered) {
      boolean isNew = server.state() == State.PROBING;
      server.probes.again(now, rules.settings().probe());
      hasten(server, now);
      if (server.state() == State.FAILING && rules.hasRoom()) {
        ejectOrNot(server, now);
      }
      changeOut(server, State.EJECTED, now);
      if (isNew) {
        review(now);
      }
    } else if (server.state() == State.FAILING) {
      answeredWhileFailing(server, mayReturn, now);
    } else if (!mayReturn) {
      server.probes.at(now + CATCHING_UP_NANOS);
      changeOut(server, State.PROBING, now);
    } else if (server.returnsAt(rules.settings(), rules.isUrgent()) - now > 0) {
      server.probes.at(server.returnsAt(rules.settings(), rules.isUrgent()));
      changeOut(server, State.PROBING, now);
    } else {
      comeBack(server, now);
    }
    watches.publish(rules);
  }

  private void changeOut(ServerHealth server, State to, long now) {
    if (server.state().isOut() && server.state() != to) {
      server.change(to, now);
      watches.change();
    }
  }

  /** In panic only: it is not ejected, and gets no requests that could be answered. */
  private void answeredWhileFailing(ServerHealth server, boolean mayReturn, long now) {
    if (!mayReturn) {
      server.probes.at(now + CATCHING_UP_NANOS);
    } else if (!hasFailedLongEnough(server, now)) {
      server.probes.at(server.since() + rules.settings().time().toNanos());
    } else {
      comeBack(server, now);
    }
  }

  private void comeBack(ServerHealth server, long now) {
    server.comeBack(now, !rules.settings().ramp().isZero());
    watches.change();
    review(now);
  }

  /** The time now; what it alone has changed is published. */
  private long caughtUp() {
    long now = clock.getAsLong();
    settle(now);
    watches.publish(rules);
    return now;
  }

  /** Notes what time alone has changed. */
  private void settle(long now) {
    for (ServerHealth server : rules.servers()) {
      if (server.hasRamped(now, rules.settings().ramp().toNanos())) {
        server.change(State.UP, now);
        watches.change();
      }
    }
  }

  /** Looks whether there are enough servers left. */
  private void review(long now) {
    boolean panics = rules.isPanicDue();
    if (panics != rules.isInPanic()) {
      rules.panic(panics);
      watches.change();
      panicLog.changed(
          now, panics, rules.countHealthy(), rules.counted().size(), rules.settings().panic());
      if (panics) {
        rules.servers().stream()
            .filter(server -> server.state() == State.FAILING)
            .forEach(server -> server.probes.begin(now, rules.settings().probe()));
      }
    }
    for (ServerHealth server : rules.servers()) {
      hasten(server, now);
    }
  }

  private void hasten(ServerHealth server, long now) {
    if (rules.isUrgent() && rules.isProbed(server)) {
      server.probes.hasten(now, HASTE_NANOS);
    }
  }

  boolean isProbed(ServerHealth server) {
    return rules.isProbed(server);
  }

  synchronized long nanosToProbe(ServerHealth server) {
    return Math.max(0, server.probes.due() - clock.getAsLong());
  }

  synchronized double rampShare(ServerHealth server) {
    long now = caughtUp();
    return server.rampShare(now, rules.settings().ramp().toNanos());
  }

  synchronized HealthReport report(ServerHealth server) {
    long now = caughtUp();
    return server.report(now);
  }

  /** Notes what time alone has changed, and tells the log what it was not told at once. */
  synchronized void tick() {
    long now = caughtUp();
    rules.servers().forEach(server -> server.settleLog(now));
    panicLog.settle(
        now,
        rules.isInPanic(),
        rules.countHealthy(),
        rules.counted().size(),
        rules.settings().panic());
  }

  /** How each of its servers is, by name. */
  synchronized Map<String, HealthReport> reports() {
    long now = caughtUp();
    Map<String, HealthReport> reports = new LinkedHashMap<>();
    rules.servers().forEach(server -> reports.put(server.toString(), server.report(now)));
    return reports;
  }

  /** Whether too few of its servers are healthy. */
  public synchronized boolean inPanic() {
    return rules.isInPanic();
  }
}
