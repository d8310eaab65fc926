package io.fairlead.server.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: what Prometheus reads. */
final class MetricsPage {
  private final AdminState state;

  /** Made when first asked for, because it takes a good part of the time of a start. */
  private @Nullable Metrics metrics;

  MetricsPage(AdminState state) {
    this.state = state;
  }

  synchronized Page page(PageRequest request) {
    Metrics present = metrics;
    if (present == null) {
      present = new Metrics(state::readings, state::reloading, state.version());
      metrics = present;
    }
    String form = Metrics.formFor(request.accept());
    return new Page(HttpResponseStatus.OK, form, present.scrape(form));
  }
}
