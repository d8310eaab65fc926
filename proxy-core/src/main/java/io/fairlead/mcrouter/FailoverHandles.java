package io.fairlead.mcrouter;

import io.fairlead.config.route.Compositions;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.json.Setting;
import io.fairlead.mcrouter.Pools.Pool;
import io.fairlead.protocol.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles that ask another child when one fails, or does not have the key. */
final class FailoverHandles {
  private static final int USUAL_EXPIRY = 60;
  private static final int USUAL_BURST = 1000;
  private static final int LATEST_CHILDREN = 5;

  private static final FailoverSettings.Limit NO_LIMIT = new FailoverSettings.Limit(1, USUAL_BURST);

  private FailoverHandles() {}

  static void addTo(Map<String, HandleKind> kinds) {
    kinds.put("FailoverRoute", HandleKind.of(FailoverHandles::failover));
    kinds.put("FailoverWithExptimeRoute", HandleKind.of(FailoverHandles::gutter));
    kinds.put("MissFailoverRoute", HandleKind.of(FailoverHandles::missFailover));
    kinds.put("SaltedFailoverRoute", HandleKind.of(FailoverHandles::salted));
    kinds.put("LatestRoute", HandleKind.of(FailoverHandles::latest));
  }

  private static RouteSettings failover(Params params, Handles handles) {
    return failover(params, handles.list(params.bareOr("children")));
  }

  private static RouteSettings failover(Params params, List<RouteSettings> children) {
    params.ignore("name", "failover_tag");
    params.warnOfUnused("enable_lease_pairing", "memcached knows no leases of this kind");
    return switch (children.size()) {
      case 0 -> Handles.nothing();
      case 1 -> children.get(0);
      default ->
          new FailoverSettings(children, errors(params), order(params, children), limit(params));
    };
  }

  private static FailoverErrors errors(Params params) {
    Setting given = params.at("failover_errors");
    Findings findings = params.findings();
    return findings.or(FailoverErrors.DEFAULT, () -> errors(given, findings));
  }

  private static FailoverOrder order(Params params, List<RouteSettings> children) {
    Setting given = params.at("failover_policy");
    return params
        .findings()
        .or(FailoverOrder.IN_ORDER, () -> order(given, children.size(), params));
  }

  private static FailoverSettings.@Nullable Limit limit(Params params) {
    Setting given = params.at("failover_limit");
    return given == null ? null : params.findings().or(NO_LIMIT, () -> limit(given));
  }

  private static FailoverErrors errors(@Nullable Setting setting, Findings findings) {
    if (setting == null) {
      return FailoverErrors.DEFAULT;
    }
    if (setting.isArray()) {
      Set<Result> all = results(setting, findings);
      return new FailoverErrors(all, all, all);
    }
    return new FailoverErrors(
        results(setting.at("gets"), findings),
        results(setting.at("updates"), findings),
        results(setting.at("deletes"), findings));
  }

  private static Set<Result> results(@Nullable Setting setting, Findings findings) {
    if (setting == null) {
      return FailoverErrors.USUAL;
    }
    Set<Result> results = new HashSet<>();
    for (Setting item : setting.items()) {
      results.add(findings.or(Result.LOCAL_ERROR, () -> result(item)));
    }
    return results;
  }

  private static Result result(Setting item) {
    return Result.named(item.text())
        .filter(Result::isError)
        .orElseThrow(() -> item.refused("an error, such as connect_error or timeout"));
  }

  private static FailoverSettings.Limit limit(Setting setting) {
    double rate = setting.required("rate").number(-Double.MAX_VALUE, Double.MAX_VALUE);
    Setting burst = setting.at("burst");
    return new FailoverSettings.Limit(
        Math.max(0, Math.min(1, rate)),
        burst == null ? USUAL_BURST : burst.number(0, Double.MAX_VALUE));
  }

  private static FailoverOrder order(@Nullable Setting setting, int children, Params params) {
    if (setting == null) {
      return FailoverOrder.IN_ORDER;
    }
    Setting type = setting.at("type");
    return switch (type == null ? "" : type.text()) {
      case "LeastFailuresPolicy" ->
          new FailoverOrder.LeastFailures(
              (int) setting.required("max_tries").integer(1, Integer.MAX_VALUE));
      case "DeterministicOrderPolicy" ->
          new FailoverOrder.Deterministic(
              (int) setting.required("max_tries").integer(1, Integer.MAX_VALUE),
              (int) setting.required("max_error_tries").integer(1, Integer.MAX_VALUE),
              weights(setting));
      case "RendezvousPolicy" -> rendezvous(setting, children, params.findings());
      default -> {
        params.warn(
            type == null ? setting : type,
            "LeastFailuresPolicy, DeterministicOrderPolicy or RendezvousPolicy, as the order of"
                + " the children is taken now");
        yield FailoverOrder.IN_ORDER;
      }
    };
  }

  private static @Nullable List<Double> weights(Setting policy) {
    Setting hash = policy.at("hash");
    Setting weights = hash != null && hash.isObject() ? hash.at("weights") : null;
    return weights == null ? null : HashReader.weights(weights);
  }

  private static FailoverOrder rendezvous(Setting policy, int children, Findings findings) {
    Setting tags = policy.required("tags");
    List<String> texts = HashReader.texts(tags);
    // In mcrouter the first child is a pool, which has no tag, and the others are its servers.
    boolean fits = texts.size() == children || texts.size() == children - 1;
    if (!fits && !findings.hasMistakes()) { // of which one may be why children are missing
      throw tags.refused(
          children - 1 + " tags, one for each child after the first, or one more for that too");
    }
    return new FailoverOrder.Rendezvous(texts, weights(policy));
  }

  private static RouteSettings gutter(Params params, Handles handles) {
    params.ignore("settings");
    RouteSettings usual = handles.one(params, "normal");
    int expiry = params.integerOr("failover_exptime", USUAL_EXPIRY, 0, Integer.MAX_VALUE);
    List<RouteSettings> gutter = handles.list(params.at("failover"));
    return failover(params, Compositions.withGutter(usual, gutter, expiry));
  }

  private static RouteSettings missFailover(Params params, Handles handles) {
    List<RouteSettings> children = handles.list(params.bareOr("children"));
    params.ignore("name");
    boolean returnsBest = params.flagOr("return_best_on_error", false);
    return switch (children.size()) {
      case 0 -> Handles.nothing();
      case 1 -> children.get(0);
      default -> new MissFailoverSettings(children, returnsBest);
    };
  }

  /** The pool as it hashes, then its other servers. */
  private static RouteSettings salted(Params params, Handles handles) {
    Pool pool = handles.pools().pool(params.requiredBareOr("pool"));
    List<RouteSettings> children = new ArrayList<>();
    children.add(PoolHandles.pool(params, handles));
    children.addAll(PoolHandles.servers(pool, handles));
    return failover(params, children);
  }

  private static RouteSettings latest(Params params, Handles handles) {
    return latest(params, handles.list(params.bareOr("children")), handles);
  }

  /** A failover among some children, which the machine decides. */
  static RouteSettings latest(Params params, List<RouteSettings> children, Handles handles) {
    params.ignore("thread_local_failover");
    int count = params.integerOr("failover_count", LATEST_CHILDREN, 1, Integer.MAX_VALUE);
    long host = handles.defaults().hostId();
    String salt = params.textOr("salt", "");
    Setting weights = params.at("weights");
    List<RouteSettings> chosen =
        Compositions.latest(
            children, count, host, salt, weights == null ? null : HashReader.weights(weights));
    return failover(params, chosen);
  }
}
