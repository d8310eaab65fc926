package io.fairlead.health;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.LoopWatch.Follower;
import io.fairlead.health.ServerStatus.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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
  private final List<LoopWatch> watches = new ArrayList<>();
  private Map<String, ServerHealth> servers = new LinkedHashMap<>();
  private EjectSettings settings;
  private long timeoutNanos;
  private boolean inPanic;
  private boolean isChanged;
  private volatile Map<ServerHealth, ServerView> views = Map.of();

  /**
   * @param clock of nanoseconds that only go up
   * @param random from 0 to 1
   */
  public PoolHealth(PoolSettings pool, LongSupplier clock, DoubleSupplier random) {
    this.name = pool.name();
    this.panicLog = new PanicLog(pool.name());
    this.clock = clock;
    this.random = random;
    this.settings = pool.eject();
    follow(pool);
  }

  String name() {
    return name;
  }

  /** Takes other settings; servers whose name and address stay keep their health. */
  public synchronized void follow(PoolSettings pool) {
    long now = clock.getAsLong();
    settings = pool.eject();
    timeoutNanos = pool.timeout().toNanos();
    Map<String, ServerHealth> next = new LinkedHashMap<>();
    for (ServerSettings server : pool.servers()) {
      String address = server.address().toString();
      ServerHealth former = servers.get(server.name());
      next.put(
          server.name(),
          former != null && former.isAt(address)
              ? former
              : new ServerHealth(this, server.name(), address, new ProbeSchedule(random), now));
    }
    servers = next;
    if (!settings.enabled()) {
      servers.values().stream()
          .filter(server -> !server.state().isHealthy())
          .forEach(server -> server.comeBack(now, false));
    }
    counted().stream()
        .filter(server -> server.state().isOut())
        .skip(mostOut())
        .forEach(server -> server.change(State.FAILING, now));
    isChanged = true;
    review(now);
    publish();
  }

  /**
   * Does with a server what an operator wants; false when there is none of that name. Those that
   * are drained count neither as healthy nor as not: the rules hold for the others.
   */
  public synchronized boolean hold(String name, Hold hold) {
    ServerHealth server = servers.get(name);
    if (server == null || server.hold() == hold) {
      return server != null;
    }
    long now = clock.getAsLong();
    settle(now);
    boolean wasDrained = server.hold() == Hold.DRAINED;
    server.hold(hold);
    isChanged = true;
    if (wasDrained && settings.enabled() && server.state().isHealthy()) {
      comeBackByProbe(server, now);
    } else {
      if (isProbed(server)) {
        server.probes.begin(now, settings.probe());
        server.probeBy(followerOf(server));
      }
      review(now);
    }
    publish();
    return true;
  }

  /**
   * Whoever was drained may have been restarted, and has missed deletes: a probe, at once, brings
   * it back. Until its outcome is known it is no reason for panic.
   */
  private void comeBackByProbe(ServerHealth server, long now) {
    server.awaitProbe(now);
    server.probes.at(now);
    server.probeBy(followerOf(server));
  }

  /** One of those loops that have the server; null when none has. */
  private @Nullable Follower followerOf(ServerHealth server) {
    for (LoopWatch watch : watches) {
      Follower follower = watch.followerOf(server);
      if (follower != null) {
        return follower;
      }
    }
    return null;
  }

  /** The health of a server; null when the pool has no such server. */
  public synchronized ServerHealth of(ServerSettings server) {
    ServerHealth health = servers.get(server.name());
    if (health == null) {
      throw new IllegalArgumentException("no server of this pool: " + server.name());
    }
    return health;
  }

  /** Lets a server on an event loop hear of changes, from that loop. */
  public LoopWatch watch(Executor loop, Follower follower) {
    LoopWatch watch = watchOf(loop);
    watch.add(follower);
    return watch;
  }

  private synchronized LoopWatch watchOf(Executor loop) {
    for (LoopWatch watch : watches) {
      if (watch.isOn(loop)) {
        return watch;
      }
    }
    LoopWatch added = new LoopWatch(this, loop);
    watches.add(added);
    return added;
  }

  /** A server on an event loop hears nothing any more: another one may have to probe. */
  synchronized void forget(LoopWatch watch, Follower follower) {
    if (watch.isEmpty()) {
      watches.remove(watch);
    }
    ServerHealth server = follower.health();
    if (server.prober() != null && server.prober().equals(follower)) {
      server.probeBy(followerOf(server));
      isChanged = true;
      publish();
    }
  }

  /** What loops are to do about each server; another map after each change. */
  Map<ServerHealth, ServerView> views() {
    return views;
  }

  synchronized void answered(ServerHealth server) {
    long now = clock.getAsLong();
    settle(now);
    if (server.state().isHealthy()) {
      server.forgetFailures();
    } else if (server.state() == State.FAILING
        && serves(server)
        && hasFailedLongEnough(server, now)) {
      server.recover(State.UP, now);
      isChanged = true;
      review(now);
    }
    publish();
  }

  /** So that the others do not have to follow a server that fails now and then all the time. */
  private boolean hasFailedLongEnough(ServerHealth server, long now) {
    return now - server.since() >= settings.time().toNanos();
  }

  synchronized void failed(ServerHealth server, FailureKind kind, Follower by) {
    if (server.hold() != Hold.NONE) {
      return; // an operator knows what it is doing
    }
    long now = clock.getAsLong();
    settle(now);
    if (server.note(kind, now, timeoutNanos) && isMember(server) && isToBeOut(server)) {
      server.blame(kind, by);
      ejectOrNot(server, now);
      review(now);
    }
    publish();
  }

  private boolean isToBeOut(ServerHealth server) {
    return settings.enabled()
        && server.hasFailedTooOften(settings)
        && (server.state().isHealthy() || (server.state() == State.FAILING && hasRoom()));
  }

  private boolean hasRoom() {
    return countOut() < mostOut();
  }

  @SuppressWarnings("ReferenceEquality") // another one may have its name by now
  private boolean isMember(ServerHealth server) {
    return servers.get(server.toString()) == server;
  }

  private void ejectOrNot(ServerHealth server, long now) {
    if (hasRoom()) {
      // Whoever got no requests as it was has been out since then, and goes on being probed.
      boolean wasProbed = isProbed(server);
      long began = wasProbed ? server.since() : now;
      double jitter = 1 + TIME_JITTER * Math.abs(2 * random.getAsDouble() - 1);
      if (!wasProbed) {
        server.probes.begin(now, settings.probe());
      }
      server.eject(began, now, settings, jitter);
    } else {
      server.change(State.FAILING, now);
    }
    isChanged = true;
  }

  private int mostOut() {
    return Math.max(1, counted().size() * settings.atMost() / EjectSettings.ALL);
  }

  private int countOut() {
    return (int) counted().stream().filter(server -> server.state().isOut()).count();
  }

  /** Those for which the rules hold. */
  private List<ServerHealth> counted() {
    return servers.values().stream().filter(server -> server.hold() != Hold.DRAINED).toList();
  }

  synchronized void probed(ServerHealth server, boolean answered, boolean mayReturn) {
    long now = clock.getAsLong();
    settle(now);
    server.countProbe();
    if (!isProbed(server)) {
      return;
    }
    if (!answered) {
      boolean isNew = server.state() == State.PROBING;
      server.probes.again(now, settings.probe());
      hasten(server, now);
      if (server.state() == State.FAILING && hasRoom()) {
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
    } else if (server.returnsAt(settings, isUrgent()) - now > 0) {
      server.probes.at(server.returnsAt(settings, isUrgent()));
      changeOut(server, State.PROBING, now);
    } else {
      comeBack(server, now);
    }
    publish();
  }

  private void changeOut(ServerHealth server, State to, long now) {
    if (server.state().isOut() && server.state() != to) {
      server.change(to, now);
      isChanged = true;
    }
  }

  /** In panic only: it is not ejected, and gets no requests that could be answered. */
  private void answeredWhileFailing(ServerHealth server, boolean mayReturn, long now) {
    if (!mayReturn) {
      server.probes.at(now + CATCHING_UP_NANOS);
    } else if (!hasFailedLongEnough(server, now)) {
      server.probes.at(server.since() + settings.time().toNanos());
    } else {
      comeBack(server, now);
    }
  }

  private void comeBack(ServerHealth server, long now) {
    server.comeBack(now, !settings.ramp().isZero());
    isChanged = true;
    review(now);
  }

  /** Notes what time alone has changed. */
  private void settle(long now) {
    for (ServerHealth server : servers.values()) {
      if (server.hasRamped(now, settings.ramp().toNanos())) {
        server.change(State.UP, now);
        isChanged = true;
      }
    }
  }

  /** Looks whether there are enough servers left. */
  private void review(long now) {
    List<ServerHealth> counted = counted();
    int healthy = countHealthy();
    boolean panics =
        settings.enabled()
            && healthy * EjectSettings.ALL < settings.panic().below() * counted.size();
    if (panics != inPanic) {
      inPanic = panics;
      isChanged = true;
      panicLog.changed(now, panics, healthy, counted.size(), settings.panic());
      if (panics) {
        servers.values().stream()
            .filter(server -> server.state() == State.FAILING)
            .forEach(server -> server.probes.begin(now, settings.probe()));
      }
    }
    for (ServerHealth server : servers.values()) {
      hasten(server, now);
    }
  }

  private int countHealthy() {
    return (int) counted().stream().filter(s -> s.state().isHealthy()).count();
  }

  private void hasten(ServerHealth server, long now) {
    if (isUrgent() && isProbed(server)) {
      server.probes.hasten(now, HASTE_NANOS);
    }
  }

  private boolean isUrgent() {
    return inPanic || countOut() == counted().size();
  }

  /** Those that get requests need no probes. */
  boolean isProbed(ServerHealth server) {
    return server.hold() == Hold.NONE
        && (server.state().isOut() || (server.state() == State.FAILING && !serves(server)));
  }

  private boolean serves(ServerHealth server) {
    if (server.hold() == Hold.DRAINED) {
      return false;
    }
    if (server.state().isHealthy()) {
      return true;
    }
    return inPanic
        ? settings.panic().then() == InPanic.IGNORE_HEALTH
        : server.state() == State.FAILING;
  }

  private boolean misses(ServerHealth server) {
    boolean isOfPanic = inPanic && server.hold() != Hold.DRAINED;
    return isOfPanic
        ? settings.panic().then() == InPanic.MISS
        : settings.then() == WhileEjected.MISS;
  }

  private boolean keepsKeys(ServerHealth server) {
    if (server.hold() == Hold.DRAINED) {
      return settings.then() != WhileEjected.REHASH; // also in panic: this one is no failure
    }
    return inPanic || settings.then() != WhileEjected.REHASH || !server.state().isOut();
  }

  private void publish() {
    if (!isChanged) {
      return;
    }
    isChanged = false;
    Map<ServerHealth, ServerView> next = new HashMap<>();
    for (ServerHealth server : servers.values()) {
      next.put(
          server, server.view(serves(server), keepsKeys(server), misses(server), isProbed(server)));
    }
    views = next;
    watches.forEach(LoopWatch::changed);
  }

  synchronized long nanosToProbe(ServerHealth server) {
    return Math.max(0, server.probes.due() - clock.getAsLong());
  }

  synchronized double rampShare(ServerHealth server) {
    long now = clock.getAsLong();
    settle(now);
    publish();
    return server.rampShare(now, settings.ramp().toNanos());
  }

  synchronized HealthReport report(ServerHealth server) {
    long now = clock.getAsLong();
    settle(now);
    publish();
    return server.report(now);
  }

  /** Notes what time alone has changed, and tells the log what it was not told at once. */
  synchronized void tick() {
    long now = clock.getAsLong();
    settle(now);
    publish();
    servers.values().forEach(server -> server.settleLog(now));
    panicLog.settle(now, inPanic, countHealthy(), counted().size(), settings.panic());
  }

  /** How each of its servers is, by name. */
  synchronized Map<String, HealthReport> reports() {
    long now = clock.getAsLong();
    settle(now);
    publish();
    Map<String, HealthReport> reports = new LinkedHashMap<>();
    servers.forEach((server, health) -> reports.put(server, health.report(now)));
    return reports;
  }

  /** Whether too few of its servers are healthy. */
  public synchronized boolean inPanic() {
    return inPanic;
  }
}
