package io.fairlead.server.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: what Prometheus reads. */
final class MetricsPage {
  private final AdminState state;

  /** Made when first asked for, because it takes a good part of the time of a start. */
  private @Nullable Metrics metrics;

  private @Nullable Reloading shown;

  MetricsPage(AdminState state) {
    this.state = state;
  }

  @SuppressWarnings("ReferenceEquality") // another one is meant
  synchronized Page page() {
    ProxyReadings readings = state.readings();
    Reloading reloading = state.reloading();
    Metrics present = metrics;
    if (present == null || !present.isOf(readings) || shown != reloading) {
      present = new Metrics(readings, reloading);
      metrics = present;
      shown = reloading;
    }
    return new Page(HttpResponseStatus.OK, Metrics.CONTENT_TYPE, present.scrape());
  }
}
