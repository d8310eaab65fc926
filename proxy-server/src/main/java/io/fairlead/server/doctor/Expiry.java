package io.fairlead.server.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Until when a certificate is good. */
final class Expiry {
  private static final Duration SOON = Duration.ofDays(14);

  private Expiry() {}

  static Finding of(String check, String subject, Instant expires, InstantSource clock) {
    Duration left = Duration.between(clock.instant(), expires);
    if (left.isNegative()) {
      return Finding.fail(check, subject, "expired on " + expires + ": renew it");
    }
    String text = "is good until " + expires;
    return left.compareTo(SOON) < 0
        ? Finding.warn(check, subject, text + ", less than 14 days: renew it soon")
        : Finding.ok(check, subject, text);
  }
}
