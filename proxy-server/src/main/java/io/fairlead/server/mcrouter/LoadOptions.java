package io.fairlead.server.mcrouter;

import io.fairlead.config.LoadSettings;
import java.time.Duration;

/** How much each thread takes on at once. */
final class LoadOptions {
  private static final int MOST = 1 << 20;

  private LoadOptions() {}

  /** mcrouter knows the bounds of what waits only together with that of what is under way. */
  static LoadSettings of(OptionValues values) {
    int requests = bounded(values.count("proxy_max_inflight_requests"));
    int waiting = requests == 0 ? 0 : bounded(values.count("proxy_max_throttled_requests"));
    return new LoadSettings(
        requests,
        waiting,
        waiting == 0 ? Duration.ZERO : values.millis("waiting_request_timeout_ms"),
        bounded(values.count("proxy_max_inflight_shadow_requests")));
  }

  private static int bounded(int asked) {
    return Math.min(asked, MOST);
  }
}
