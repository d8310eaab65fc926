package io.fairlead.backend;

import io.fairlead.loop.LogPause;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a server that does not behave as one should, which it may do again and again. */
final class ServerLog {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLog.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final ProxyLoop loop;
  private final String pool;
  private final String server;
  private final LogPause violations = new LogPause(Duration.ofSeconds(10));
  private boolean wereAny;
  private long toldAt;

  ServerLog(ProxyLoop loop, String pool, String server) {
    this.loop = loop;
    this.pool = pool;
    this.server = server;
  }

  /** A connection is closed because of what came on it. */
  void onViolation(String what) {
    int others = violations.next();
    if (others != LogPause.QUIET) {
      LOG.atWarn()
          .addKeyValue("pool", pool)
          .addKeyValue("server", server)
          .addKeyValue("reason", what)
          .addKeyValue("others_not_shown", others)
          .log("closed a server connection");
    }
  }

  /** It does not accept what the proxy says about itself, or wants to be told it. */
  void onLoginRefused() {
    loop.stats().count(Counter.SERVER_LOGINS_REFUSED);
    long now = loop.now();
    if (wereAny && now - toldAt < QUIET.toNanos()) {
      return;
    }
    wereAny = true;
    toldAt = now;
    LOG.atWarn()
        .addKeyValue("pool", pool)
        .addKeyValue("server", server)
        .log("authentication was refused: the server wants another password, see auth of the pool");
  }
}
