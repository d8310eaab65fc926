package io.fairlead.health;

import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.health.ServerStatus.State;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One line for each change of a server's state, and few of a server that changes all the time. */
final class HealthLog {
  private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);
  private static final int LINES = 10;
  private static final long IN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String pool;
  private final String server;
  private final String address;
  private long windowBegan;
  private int lines;
  private int untold;

  HealthLog(String pool, String server, String address) {
    this.pool = pool;
    this.server = server;
    this.address = address;
  }

  /** Tells of a change, if there have not been too many of late; true when it did. */
  boolean changed(long now, State from, HealthReport to) {
    if (lines == 0 || now - windowBegan >= IN_NANOS) {
      windowBegan = now;
      lines = 0;
    }
    if (lines == LINES) {
      untold++;
      return false;
    }
    lines++;
    write(from, to);
    untold = 0;
    return true;
  }

  private void write(State from, HealthReport to) {
    LOG.atLevel(level(to.state()))
        .log(
            "server state: pool={} server={} address={} from={} to={} reason=\"{}\" failures={}"
                + " next_probe={} untold={}",
            pool,
            server,
            address,
            from,
            to.state(),
            to.reason() == null ? "" : to.reason().text(),
            to.failuresInARow(),
            to.nextProbe() == null ? "none" : to.nextProbe().toMillis() + "ms",
            untold);
  }

  /** Tells of what an operator wants, which is no flapping. */
  void held(Hold from, Hold to, State health) {
    LOG.atInfo()
        .addKeyValue("pool", pool)
        .addKeyValue("server", server)
        .addKeyValue("address", address)
        .addKeyValue("from", from)
        .addKeyValue("health", health)
        .log(
            switch (to) {
              case NONE -> "server resumed by an operator";
              case DRAINED -> "server drained by an operator";
              case PAUSED -> "server paused by an operator";
            });
  }

  private static Level level(State to) {
    return to == State.EJECTED || to == State.FAILING ? Level.WARN : Level.INFO;
  }

  static void panic(String pool, boolean begins, int healthy, int servers, PanicSettings settings) {
    if (begins) {
      LOG.warn(
          "pool in panic: pool={} healthy={} servers={} below_percent={} then={}",
          pool,
          healthy,
          servers,
          settings.below(),
          settings.then());
    } else {
      LOG.info("pool is out of panic: pool={} healthy={} servers={}", pool, healthy, servers);
    }
  }
}
