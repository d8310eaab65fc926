package io.fairlead.spool;

import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the deletes that the spool cannot take, and says so once in a while. */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Path directory;
  private final SpoolStats stats;
  private @Nullable SpoolCounter reason;
  private String cause = "";
  private long deletes;
  private @Nullable Instant loggedAt;

  RefusalLog(Path directory, SpoolStats stats) {
    this.directory = directory;
    this.stats = stats;
  }

  void add(SpoolCounter why, long count) {
    reason = why;
    deletes += count;
    stats.add(why, count);
  }

  /** The directory cannot be used, whether a delete was lost by that or not. */
  void unwritable(IOException why, long count) {
    cause = why.toString();
    add(SpoolCounter.REFUSED_UNWRITABLE, count);
  }

  /** Says what there was since the last time, if anything. */
  void log(Instant now) {
    boolean soon = loggedAt != null && now.isBefore(loggedAt.plus(INTERVAL));
    if (reason == null || soon) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("directory", directory)
        .addKeyValue("reason", reason.statName())
        .addKeyValue("deletes", deletes)
        .addKeyValue("cause", cause)
        .log("failed deletes cannot be spooled, so that clients get an error");
    loggedAt = now;
    reason = null;
    cause = "";
    deletes = 0;
  }
}
