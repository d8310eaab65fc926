package io.fairlead.backend;

import io.fairlead.config.PoolSettings;
import io.fairlead.health.ServerHealth;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a failing server out of service, probes it until it answers, and takes it back. */
final class Ejection {
  private static final Logger LOG = LoggerFactory.getLogger(Ejection.class);

  /**
   * By up to this part the time between two probes is shortened, so that loops do not probe in
   * step.
   */
  private static final int JITTER_PART = 10;

  /** Between two probes of a server that lives and is being told of deletes. */
  private static final long CATCHING_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ProxyLoop loop;
  private final Server server;
  private final PoolStats poolStats;
  private final PoolSettings pool;
  private final ServerHealth health;
  private final Runnable onEjected;
  private final Runnable onReturned;
  private boolean stopped;

  Ejection(
      ProxyLoop loop, Server server, PoolStats poolStats, Runnable onEjected, Runnable onReturned) {
    this.loop = loop;
    this.server = server;
    this.poolStats = poolStats;
    this.pool = server.pool();
    this.health = new ServerHealth(pool.eject());
    this.onEjected = onEjected;
    this.onReturned = onReturned;
  }

  boolean isUp() {
    return health.isUp();
  }

  int failuresInARow() {
    return health.failuresInARow();
  }

  void answered() {
    health.answered();
  }

  void failed() {
    if (!health.failed()) {
      return;
    }
    countEjection();
    LOG.warn(
        "server ejected: pool={} server={} address={} failures={} next_probe={}",
        pool.name(),
        server.settings().name(),
        server.settings().address(),
        health.failuresInARow(),
        pool.eject().retry());
    onEjected.run();
    probeLater();
  }

  private void countEjection() {
    loop.stats().count(Counter.EJECTIONS);
    poolStats.count(PoolCounter.SERVER_EJECTS);
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    server.stats().set(ServerCounter.SERVER_EJECTED_AT, micros);
  }

  private void probeLater() {
    long retry = pool.eject().retry().toNanos();
    long jitter = ThreadLocalRandom.current().nextLong(retry / JITTER_PART + 1);
    loop.later(this::probe, retry - jitter);
  }

  private void probe() {
    if (!stopped) {
      loop.stats().count(Counter.PROBES);
      new Probe(loop, server, this::onProbed).start();
    }
  }

  private void onProbed(boolean answered) {
    if (stopped) {
      return;
    }
    if (!answered) {
      probeLater();
      return;
    }
    if (!server.mayReturn()) {
      loop.later(this::probe, CATCHING_UP_NANOS);
      return;
    }
    health.probeAnswered();
    LOG.info("server is back: pool={} server={}", pool.name(), server.settings().name());
    onReturned.run();
  }

  /** Probes no more. */
  void stop() {
    stopped = true;
  }
}
