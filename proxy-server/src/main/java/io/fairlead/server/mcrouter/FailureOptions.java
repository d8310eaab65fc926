package io.fairlead.server.mcrouter;

import java.time.Duration;

/**
 * When a server is ejected, and what clients are told of failures.
 *
 * @param untilEjected time-outs in a row
 * @param ejects whether any server is ever ejected
 * @param firstProbe from the ejection to the first probe
 * @param longestProbe the longest pause between probes
 * @param missOnGet whether a get that failed is a miss
 * @param missOnArithmetic whether an incr or decr that failed is answered with NOT_FOUND
 * @param grouped whether every failure of a server has the same words
 */
public record FailureOptions(
    int untilEjected,
    boolean ejects,
    Duration firstProbe,
    Duration longestProbe,
    boolean missOnGet,
    boolean missOnArithmetic,
    boolean grouped) {
  /** Less than mcrouter's: its pause makes every restart of a server an outage of ten seconds. */
  private static final Duration FIRST_PROBE = Duration.ofMillis(250);

  /** Likewise. */
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(10);

  static FailureOptions of(OptionValues values) {
    Duration first = given(values, "probe_delay_initial_ms", FIRST_PROBE);
    Duration longest = given(values, "probe_delay_max_ms", LONGEST_PROBE);
    return new FailureOptions(
        values.count("failures_until_tko"),
        !values.isOn("disable_tko_tracking"),
        first,
        longest.compareTo(first) < 0 ? first : longest,
        values.isOn("miss_on_get_errors"),
        !values.isOn("disable_miss_on_arith_errors"),
        values.isOn("group_remote_errors"));
  }

  private static Duration given(OptionValues values, String option, Duration otherwise) {
    return values.isGiven(option) ? values.millis(option) : otherwise;
  }
}
