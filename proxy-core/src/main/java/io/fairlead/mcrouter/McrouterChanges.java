package io.fairlead.mcrouter;

import io.fairlead.config.AdminSettings;
import io.fairlead.config.DurationText;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.config.route.WarmUpSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What clients and operators of a mcrouter will see when these settings take its place: each
 * setting that makes us behave differently, and how mcrouter behaves.
 */
public final class McrouterChanges {
  private final Set<RouteSettings> routes = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> sentences = new ArrayList<>();

  private McrouterChanges() {}

  /** A sentence for each change. */
  public static List<String> of(ProxySettings settings) {
    McrouterChanges changes = new McrouterChanges();
    settings.routes().stream().map(RouteTreeSettings::root).forEach(changes::walk);
    changes.ofClients(settings);
    settings.pools().stream().limit(1).forEach(changes::ofServers);
    changes.ofRoutes();
    return changes.sentences;
  }

  private void walk(RouteSettings route) {
    if (routes.add(route)) {
      route.children().forEach(this::walk);
    }
  }

  private void ofClients(ProxySettings settings) {
    settings.listeners().stream()
        .limit(1)
        .forEach(
            listener ->
                sentences.add(
                    "clients connect to "
                        + listener.address()
                        + " (listeners); mcrouter takes that and more from its command line, of"
                        + " which nothing is here"));
    AdminSettings admin = settings.admin();
    sentences.add(
        "metrics and statistics are on "
            + (admin == null ? "no port" : admin.address())
            + " (admin); mcrouter answers stats and writes files");
    if (settings.routes().stream()
        .anyMatch(tree -> tree.replies().multigetFailure() == MultigetFailure.MISS)) {
      sentences.add(
          "a get whose server fails is a miss (multiget_failure), as with mcrouter 0.40; newer ones"
              + " answer an error");
    }
    sentences.add(
        "the errors of failed servers are worded by Fairlead; mcrouter's begin with SERVER_ERROR"
            + " too");
  }

  private void ofServers(PoolSettings pool) {
    if (pool.eject().enabled()) {
      sentences.add(
          "a server is left out after "
              + pool.eject().failures()
              + " failures in a row, or when it cannot be connected to, and probed after "
              + DurationText.format(pool.eject().probe().first())
              + " (eject); mcrouter leaves it out when one connection fails, and probes it after"
              + " 10s");
    }
    if (pool.spoolDeletes()) {
      sentences.add(
          "deletes that cannot be delivered fail, unless there is a place to keep them"
              + " (delete_spool): then they are told to their server when it is back; mcrouter"
              + " writes them to a file that it never reads");
    }
    if (pool.coalesce()) {
      sentences.add(
          "gets of different clients may travel to a server as one multi-get (coalesce); mcrouter"
              + " sends each on its own");
    }
  }

  private void ofRoutes() {
    addIf(
        route -> route instanceof WarmUpSettings warmUp && warmUp.copiesTtl(),
        "what a cold cache gets from a warm one keeps the time it has left (keep_ttl); mcrouter"
            + " stores it for ever, unless enable_metaget is set");
    addIf(
        route ->
            route instanceof OperationSettings choice
                && choice.otherwise() == null
                && !choice.errorOfMcrouter(),
        "operations without a route are answered with an error that says so (otherwise: false);"
            + " mcrouter's is about an unexpected result");
    addIf(
        route ->
            route instanceof AllSettings all
                && all.mode() == AllSettings.Mode.SYNC
                && !all.touchedHidesErrors(),
        "a touch that fails on one of several servers fails (replicate); mcrouter answers TOUCHED");
  }

  private void addIf(Predicate<RouteSettings> isMeant, String sentence) {
    if (routes.stream().anyMatch(isMeant)) {
      sentences.add(sentence);
    }
  }
}
