package io.fairlead.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. */
public final class ManualClock extends Clock {
  private volatile Instant now;

  public ManualClock(Instant start) {
    now = start;
  }

  /** Starts at the beginning of 2026. */
  public static ManualClock create() {
    return new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  }

  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The zone plays no role here. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
