package io.fairlead.mcrouter;

import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RateLimitSettings.Rate;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.json.Setting;
import io.fairlead.protocol.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles that let only some requests pass, or let them pass later. */
final class LimitHandles {
  private static final int MOST_MILLIS = 3_600_000;

  private LimitHandles() {}

  static void addTo(Map<String, HandleKind> kinds) {
    kinds.put("RateLimitRoute", HandleKind.of(LimitHandles::rateLimit));
    kinds.put("OutstandingLimitRoute", HandleKind.of(LimitHandles::outstanding));
    kinds.put("LatencyInjectionRoute", HandleKind.of(LimitHandles::latency));
    kinds.put("BlackholeRoute", HandleKind.of(LimitHandles::blackhole));
    kinds.put("SlowWarmUpRoute", HandleKind.of(LimitHandles::slowWarmUp));
  }

  private static RouteSettings rateLimit(Params params, Handles handles) {
    return limited(
        handles.one(params, "target"),
        params.required("rates"),
        handles.oneOrNull(params.at("fallback")),
        handles);
  }

  static RouteSettings limited(
      RouteSettings target, Setting rates, @Nullable RouteSettings fallback, Handles handles) {
    Params params = new Params(rates, handles.findings());
    RouteSettings limited =
        new RateLimitSettings(
            target, rate(params, "gets"), rate(params, "sets"), rate(params, "deletes"), fallback);
    params.warnOfUnknown();
    return limited;
  }

  private static @Nullable Rate rate(Params params, String group) {
    Setting rate = params.at(group + "_rate");
    params.ignore(group + "_burst");
    if (rate == null) {
      return null;
    }
    double perSecond = params.numberOr(group + "_rate", 0, 0, Double.MAX_VALUE);
    return new Rate(perSecond, params.numberOr(group + "_burst", perSecond, 0, Double.MAX_VALUE));
  }

  private static RouteSettings outstanding(Params params, Handles handles) {
    return new OutstandingSettings(
        handles.one(params, "target"),
        (int) params.requiredInteger("max_outstanding", 1, Integer.MAX_VALUE),
        OutstandingSettings.DEFAULT_MOST_WAITING,
        handles.defaults().timeouts().server());
  }

  private static RouteSettings latency(Params params, Handles handles) {
    params.warnOfUnused("latency_percentiles", "times are fixed here");
    return new LatencySettings(
        handles.one(params, "child"),
        params.integerOr("before_latency_ms", 0, 0, MOST_MILLIS),
        params.integerOr("after_latency_ms", 0, 0, MOST_MILLIS),
        params.integerOr("total_latency_ms", 0, 0, MOST_MILLIS));
  }

  private static RouteSettings blackhole(Params params, Handles handles) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    Setting policies = params.at("policies");
    if (policies != null) {
      for (Setting policy : policies.isArray() ? policies.items() : policies.members()) {
        String name = policies.isArray() ? policy.text() : policy.key();
        Operation operation = Operation.named(name).orElse(Operation.FLUSHALL);
        if (Operation.named(name).isEmpty()) {
          params.findings().refuse(policy.refused("an operation, such as get, set or delete"));
        }
        operations.add(operation);
      }
    }
    operations.remove(Operation.FLUSHALL); // which goes to every pool, and to no route
    return new BlackholeSettings(
        handles.one(params, "default"),
        handles.oneOrNull(params.at("blackhole_child")),
        operations);
  }

  private static RouteSettings slowWarmUp(Params params, Handles handles) {
    return slowWarmUp(handles.one(params, "target"), params, handles);
  }

  private static RouteSettings slowWarmUp(RouteSettings target, Params params, Handles handles) {
    RouteSettings fallback = handles.one(params, "failoverTarget");
    Setting settings = params.at("settings");
    Params numbers = settings == null ? params : new Params(settings, handles.findings());
    RouteSettings route =
        new SlowWarmUpSettings(
            target,
            fallback,
            numbers.numberOr("enable_threshold", 0.7, 0, 1),
            numbers.numberOr("disable_threshold", 0.9, 0, 1),
            numbers.numberOr("start", 0.1, 0, 1),
            numbers.numberOr("step", 1, 0, Double.MAX_VALUE),
            numbers.integerOr("min_requests", 100, 0, Integer.MAX_VALUE));
    numbers.warnOfUnknown();
    return route;
  }

  /** Lets each server of a pool warm up slowly when the parameters of the pool's route say so. */
  static void warmUpSlowly(Params params, List<RouteSettings> servers, Handles handles) {
    Setting setting = params.at("slow_warmup");
    if (setting != null) {
      Params own = new Params(setting, handles.findings());
      servers.replaceAll(server -> slowWarmUp(server, own, handles));
      own.warnOfUnknown();
    }
  }
}
