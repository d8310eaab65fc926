package io.fairlead.health;

import io.fairlead.health.ServerStatus.State;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each change of a server's state, and few of a server that changes all the time. */
final class HealthLog {
  private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);

  private final String pool;
  private final String server;
  private final String address;
  private final LineBudget budget = new LineBudget();

  /** The one that a line has told of last. */
  private State told = State.UP;

  HealthLog(String pool, String server, String address) {
    this.pool = pool;
    this.server = server;
    this.address = address;
  }

  /** Tells of a change, if there have not been too many of late. */
  void changed(long now, State from, HealthReport to) {
    if (budget.allows(now)) {
      write(from, to);
    }
  }

  /** Tells how the server is by now, if changes were left out a while ago. */
  void settle(long now, HealthReport report) {
    if (budget.owes(now) && budget.allows(now)) {
      write(told, report);
    }
  }

  private void write(State from, HealthReport to) {
    LoggingEventBuilder line =
        LOG.atLevel(level(to.state()))
            .addKeyValue("pool", pool)
            .addKeyValue("server", server)
            .addKeyValue("address", address)
            .addKeyValue("from", word(from))
            .addKeyValue("to", word(to.state()));
    if (to.reason() != null) {
      line = line.addKeyValue("reason", to.reason().text());
    }
    line =
        line.addKeyValue("failures", to.failuresInARow())
            .addKeyValue("ejections", to.ejections().values().stream().mapToLong(n -> n).sum())
            .addKeyValue("probes", to.probes());
    if (to.nextProbe() != null) {
      line = line.addKeyValue("next_probe", to.nextProbe().toMillis() + "ms");
    }
    int leftOut = budget.pay();
    if (leftOut > 0) {
      line = line.addKeyValue("changes_left_out", leftOut);
    }
    told = to.state();
    line.log("server state");
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

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
