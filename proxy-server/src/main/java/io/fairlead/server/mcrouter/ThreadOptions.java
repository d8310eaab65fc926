package io.fairlead.server.mcrouter;

import java.time.Duration;

/**
 * How many threads there are, and how much each of them takes on.
 *
 * @param count threads that serve clients
 * @param inFlight requests that a thread has on their way; 0 for no limit
 * @param waiting requests that may wait then; 0 for any number
 * @param longestWait how long one may wait; zero for ever
 * @param shadows copies of requests that a thread has on their way; 0 for no limit
 */
public record ThreadOptions(
    int count, int inFlight, int waiting, Duration longestWait, int shadows) {
  private static final int MOST_THREADS = 256;

  static ThreadOptions of(OptionValues values) throws McrouterMistake {
    if (values.number("num_proxies") > MOST_THREADS) {
      throw McrouterMistake.badValue(
          values.spelling("num_proxies"), values.text("num_proxies"), "1-" + MOST_THREADS);
    }
    return new ThreadOptions(
        values.count("num_proxies"),
        values.count("proxy_max_inflight_requests"),
        values.count("proxy_max_throttled_requests"),
        values.millis("waiting_request_timeout_ms"),
        values.count("proxy_max_inflight_shadow_requests"));
  }
}
