package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All that is known of the proxy. For one thread. */
final class Board {
  private final DateTimeFormatter format;
  private final ProxyClock clock;
  private final long patienceSeconds;
  private final History history = new History();
  private Rates rates = Rates.unknown();
  private String problem = "";
  private @Nullable Snapshot latest;

  /**
   * @param patienceSeconds after which an answer that is not there yet is missed
   * @param nanos a clock that does not jump
   */
  Board(long patienceSeconds, ZoneId zone, LongSupplier nanos) {
    this.patienceSeconds = patienceSeconds;
    this.format = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    this.clock = new ProxyClock(nanos);
  }

  void answered(Snapshot now) {
    boolean isNew = latest == null || latest.timeMillis() != now.timeMillis();
    clock.heard(now.timeMillis());
    rates = rates.with(now);
    latest = now;
    problem = "";
    if (isNew) {
      history.add(rates.all().requests());
    }
  }

  /**
   * @param reason a sentence, without its end
   */
  void notAnswered(String reason) {
    problem = reason;
    history.add(Double.NaN);
  }

  /** Null before the first answer. */
  @Nullable Snapshot latest() {
    return latest;
  }

  Rates rates() {
    return rates;
  }

  History history() {
    return history;
  }

  /** Whether answers are missing, so that what is shown is old. */
  boolean isSilent() {
    return !problem.isEmpty() || clock.silentSeconds() > patienceSeconds;
  }

  /** For how long they have been. */
  String silence() {
    String lasting = Figures.lasting(clock.silentSeconds());
    Instant last = clock.lastHeard();
    return last == null
        ? "no answer yet, for " + lasting
        : "no answer for " + lasting + "; what is shown is of " + format.format(last);
  }

  /** Why, as far as that is known; empty when it is not. */
  String problem() {
    return problem;
  }

  /** The time of day at the proxy, in the zone of this machine. */
  String time() {
    Instant now = clock.now();
    return now == null ? "" : format.format(now);
  }

  String time(long millis) {
    return format.format(Instant.ofEpochMilli(millis));
  }
}
