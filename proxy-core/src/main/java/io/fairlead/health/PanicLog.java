package io.fairlead.health;

import io.fairlead.config.EjectSettings.PanicSettings;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One line when a pool gets into panic, and one when it gets out of it; few when it goes on so. */
final class PanicLog {
  private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);

  private final String pool;
  private final LineBudget budget = new LineBudget();

  PanicLog(String pool) {
    this.pool = pool;
  }

  void changed(long now, boolean inPanic, int healthy, int servers, PanicSettings settings) {
    if (budget.allows(now)) {
      write(inPanic, healthy, servers, settings);
    }
  }

  /** Tells how the pool is by now, if changes were left out a while ago. */
  void settle(long now, boolean inPanic, int healthy, int servers, PanicSettings settings) {
    if (budget.owes(now) && budget.allows(now)) {
      write(inPanic, healthy, servers, settings);
    }
  }

  private void write(boolean inPanic, int healthy, int servers, PanicSettings settings) {
    LoggingEventBuilder line =
        LOG.atLevel(inPanic ? Level.WARN : Level.INFO)
            .addKeyValue("pool", pool)
            .addKeyValue("healthy", healthy)
            .addKeyValue("servers", servers)
            .addKeyValue("below_percent", settings.below());
    if (inPanic) {
      line = line.addKeyValue("then", settings.then().name().toLowerCase(Locale.ROOT));
    }
    int leftOut = budget.pay();
    if (leftOut > 0) {
      line = line.addKeyValue("changes_left_out", leftOut);
    }
    line.log(inPanic ? "pool in panic" : "pool is out of panic");
  }
}
