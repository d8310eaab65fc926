package io.fairlead.backend;

import io.fairlead.health.LoopWatch;
import io.fairlead.health.PoolHealth;
import io.fairlead.health.ServerHealth;
import io.fairlead.health.ServerView;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop does about the health of a server: tells of failures, and takes the server
 * out of service and back when it hears that it should.
 */
final class Ejection implements LoopWatch.Follower {
  private final ProxyLoop loop;
  private final Server server;
  private final PoolStats poolStats;
  private final Runnable onHealthChange;
  private final PoolHealth pool;
  private final ServerHealth health;
  private final Prober prober;
  private final Ramp ramp;
  private @Nullable LoopWatch watch;

  private ServerView view = ServerView.AT_START;

  /** What has been done. */
  private ServerView done = ServerView.AT_START;

  /**
   * @param onHealthChange called when the server stops or starts getting requests
   */
  Ejection(
      ProxyLoop loop,
      Server server,
      PoolStats poolStats,
      PoolHealth pool,
      Runnable onHealthChange) {
    this.loop = loop;
    this.server = server;
    this.poolStats = poolStats;
    this.onHealthChange = onHealthChange;
    this.pool = pool;
    this.health = pool.of(server.settings());
    this.prober = new Prober(loop, server, health, this::refresh);
    this.ramp = new Ramp(loop, server, health);
  }

  /** Begins to hear of changes; ejections before this are not counted again. */
  void start() {
    watch = pool.watch(loop.eventLoop(), this);
  }

  /** Probes no more. */
  void stop() {
    prober.stop();
    ramp.stop();
    LoopWatch present = watch;
    if (present != null) {
      present.remove(this);
    }
  }

  /** Whether it gets requests. */
  boolean serves() {
    return view.serves();
  }

  boolean isInRing() {
    return view.inRing();
  }

  /** Whether reads that it does not get find nothing. */
  boolean misses() {
    return view.misses();
  }

  void answered() {
    health.answered();
  }

  void failed(Failure why) {
    health.failed(why.kind(), this);
    refresh();
  }

  private void refresh() {
    LoopWatch present = watch;
    if (present != null) {
      present.refresh();
    }
  }

  @Override
  public ServerHealth health() {
    return health;
  }

  @Override
  public void follow(ServerView next) {
    view = next;
  }

  @Override
  public void act() {
    ServerView before = done;
    ServerView now = view;
    if (before.equals(now)) {
      return;
    }
    done = now;
    boolean probes = equals(now.prober());
    if (probes && watch != null) {
      countEjections(now.ejections() - before.ejections());
    }
    ramp.follow(now);
    if (before.hold() != now.hold()) {
      server.connections().onHold(now.hold());
    }
    if (before.inRing() != now.inRing() || before.serves() != now.serves()) {
      onHealthChange.run();
      server.connections().onHealthChange(now.serves(), now.hold());
    }
    prober.follow(probes);
  }

  /** On the loop that probes it alone. */
  private void countEjections(long ejections) {
    if (ejections == 0) {
      return;
    }
    loop.stats().add(Counter.EJECTIONS, ejections);
    poolStats.add(PoolCounter.SERVER_EJECTS, ejections);
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    server.stats().set(ServerCounter.SERVER_EJECTED_AT, micros);
  }
}
