package io.fairlead.server.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What can be done by a POST; each is one line of the log. */
final class AdminActions {
  static final List<String> FORMS =
      List.of(
          "/servers/POOL/SERVER/drain",
          "/servers/POOL/SERVER/pause",
          "/servers/POOL/SERVER/resume",
          "/servers/POOL/SERVER/reconnect",
          "/pools/POOL/pause",
          "/pools/POOL/resume",
          "/reload",
          "/log-level?level=LEVEL");

  private static final String RELOAD = "/reload";
  private static final String LOG_LEVEL = "/log-level";

  private final AdminState state;

  AdminActions(AdminState state) {
    this.state = state;
  }

  /** Whether a POST of that path does something. */
  boolean knows(String path) {
    return path.equals(RELOAD) || path.equals(LOG_LEVEL) || ServerOrder.of(path) != null;
  }

  /** Whether programs of this machine may do that without a token while there is none. */
  static boolean isFreeHere(String path) {
    return path.equals(RELOAD);
  }

  /** Does what is asked; the answer may come later, and from another thread. */
  CompletionStage<Page> perform(PageRequest request) {
    if (request.path().equals(RELOAD)) {
      return reload();
    }
    ServerOrder order = ServerOrder.of(request.path());
    return CompletableFuture.completedStage(
        order == null
            ? new LogLevelPage(state).change(request)
            : new ServerActions(state).perform(order));
  }

  private CompletionStage<Page> reload() {
    Reloading config = state.reloading();
    if (config == null) {
      return CompletableFuture.completedStage(
          Page.error(HttpResponseStatus.CONFLICT, "there is no file to read again"));
    }
    return config.reload().thenApply(AdminActions::outcome);
  }

  private static Page outcome(ConfigStatus status) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("in_use", status.isInUse());
    page.put("hash", status.hash());
    page.put("problems", status.problems());
    page.put("take_restart", status.takeRestart());
    return Page.json(
        status.isInUse() ? HttpResponseStatus.OK : HttpResponseStatus.UNPROCESSABLE_ENTITY, page);
  }
}
