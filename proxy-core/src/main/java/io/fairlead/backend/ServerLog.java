package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a server that wants another password, or one at all; it is asked again and again. */
final class RefusedLogins {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedLogins.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final ProxyLoop loop;
  private final String pool;
  private final String server;
  private boolean wereAny;
  private long toldAt;

  RefusedLogins(ProxyLoop loop, String pool, String server) {
    this.loop = loop;
    this.pool = pool;
    this.server = server;
  }

  void onRefused() {
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
