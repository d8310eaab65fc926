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
  /** A tenth of mcrouter's: its pause makes every restart of a server an outage of ten seconds. */
  private static final Duration FIRST_PROBE = Duration.ofSeconds(1);

  static FailureOptions of(OptionValues values) {
    return new FailureOptions(
        values.count("failures_until_tko"),
        !values.isOn("disable_tko_tracking"),
        values.isGiven("probe_delay_initial_ms")
            ? values.millis("probe_delay_initial_ms")
            : FIRST_PROBE,
        values.millis("probe_delay_max_ms"),
        values.isOn("miss_on_get_errors"),
        !values.isOn("disable_miss_on_arith_errors"),
        values.isOn("group_remote_errors"));
  }
}
