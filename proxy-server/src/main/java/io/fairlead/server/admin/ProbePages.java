package io.fairlead.server.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;

/** {@code /livez}, {@code /readyz} and {@code /startupz}: 200, or 503 with every reason. */
final class ProbePages {
  private final AdminState state;

  ProbePages(AdminState state) {
    this.state = state;
  }

  /** Not while an event loop is stuck: a restart is what helps. */
  Page liveness() {
    return probe(state.readings().stuckLoops().get(), "");
  }

  /** Whether clients should come here. A dead server is no reason: others would not do better. */
  Page readiness() {
    List<String> reasons = new ArrayList<>();
    if (state.phase() != Phase.READY) {
      reasons.add(state.phaseName());
    }
    reasons.addAll(state.readings().stuckLoops().get());
    return probe(reasons, remarks());
  }

  Page startup() {
    return probe(state.phase() == Phase.STARTING ? List.of(state.phaseName()) : List.of(), "");
  }

  private static Page probe(List<String> reasons, String remarks) {
    return reasons.isEmpty()
        ? Page.text("ok\n" + remarks)
        : Page.error(HttpResponseStatus.SERVICE_UNAVAILABLE, String.join("; ", reasons));
  }

  private String remarks() {
    Reloading config = state.reloading();
    return config == null ? "" : config.status().remarks();
  }
}
