package io.fairlead.mcrouter;

import io.fairlead.config.Correction;
import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AllSettings.Mode;
import io.fairlead.config.route.RouteSettings;
import java.util.List;
import java.util.Map;

/** Handles that send every request to all of their children. */
final class FanHandles {
  private FanHandles() {}

  static void addTo(Map<String, HandleKind> kinds) {
    kinds.put("AllSyncRoute", all(Mode.SYNC));
    kinds.put("AllFastestRoute", all(Mode.FASTEST));
    kinds.put("AllInitialRoute", all(Mode.INITIAL));
    kinds.put("AllMajorityRoute", all(Mode.MAJORITY));
    kinds.put("AllAsyncRoute", HandleKind.of(FanHandles::async));
  }

  private static HandleKind all(Mode mode) {
    return HandleKind.of(
        (params, handles) -> {
          List<RouteSettings> children = handles.list(params.bareOr("children"));
          return switch (children.size()) {
            case 0 -> Handles.nothing();
            case 1 -> children.get(0);
            default -> new AllSettings(mode, children, mode.compares() && hidesErrors(handles));
          };
        });
  }

  private static boolean hidesErrors(Handles handles) {
    return !handles.defaults().isCorrected(Correction.TOUCHED);
  }

  /** With one child it is a node still, because it changes the reply. */
  private static RouteSettings async(Params params, Handles handles) {
    List<RouteSettings> children = handles.list(params.bareOr("children"));
    return children.isEmpty() ? Handles.nothing() : new AllSettings(Mode.ASYNC, children);
  }
}
