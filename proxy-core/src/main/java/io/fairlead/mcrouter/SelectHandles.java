package io.fairlead.mcrouter;

import io.fairlead.config.Correction;
import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.Compositions;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.MigrateSettings;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RandomSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.json.Setting;
import io.fairlead.protocol.Operation;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Handles that pass each request to one of their children, or answer it themselves. */
final class SelectHandles {
  private static final int USUAL_MIGRATION_SECONDS = 3600;

  /**
   * Commands of mcrouter that memcached does not know, so that no request is one; and what no route
   * gets, as it goes to every pool.
   */
  private static final Set<String> FOREIGN_OPERATIONS =
      Set.of(
          "flushall",
          "lease-get",
          "lease-set",
          "metaget",
          "flushre",
          "version",
          "stats",
          "shutdown",
          "quit");

  private SelectHandles() {}

  static void addTo(Map<String, HandleKind> kinds) {
    kinds.put("HashRoute", HandleKind.of(SelectHandles::hash));
    kinds.put("RandomRoute", HandleKind.of(SelectHandles::random));
    kinds.put("HostIdRoute", HandleKind.of(SelectHandles::byHost));
    kinds.put("LoadBalancerRoute", HandleKind.of(SelectHandles::loadBalancer));
    kinds.put("OperationSelectorRoute", HandleKind.of(SelectHandles::byOperation));
    kinds.put("PrefixPolicyRoute", HandleKind.of(SelectHandles::byOperation));
    kinds.put("RoutingGroupRoute", HandleKind.of(SelectHandles::byGroup));
    kinds.put("PrefixSelectorRoute", HandleKind.of(SelectHandles::byPrefix));
    kinds.put("MigrateRoute", HandleKind.of(SelectHandles::migrate));
    kinds.put("NullRoute", HandleKind.of((params, handles) -> Handles.nothing()));
    kinds.put(
        "DevNullRoute",
        HandleKind.of((params, handles) -> new AnswerSettings(AnswerSettings.Kind.DEV_NULL, "")));
    kinds.put("ErrorRoute", HandleKind.of(SelectHandles::error));
    kinds.put("LoggingRoute", HandleKind.of(SelectHandles::logging));
  }

  private static RouteSettings hash(Params params, Handles handles) {
    List<RouteSettings> children = handles.list(params.bareOr("children"));
    boolean refusesAll = params.flagOr("error_on_empty", true);
    Setting function = params.at("hash_func");
    String name = function == null ? "Ch3" : function.text();
    if (PoolHandles.isRouteOfItsOwn(name)) {
      return name.equals("Latest")
          ? FailoverHandles.latest(params, children, handles)
          : loadBalanced(params, children);
    }
    McrouterHashSettings placement =
        params
            .findings()
            .or(
                McrouterHashSettings.of(McrouterHash.CH3),
                () ->
                    new HashReader(handles.findings())
                        .read(function == null ? params.setting() : function, name, params));
    return switch (children.size()) {
      case 0 -> refusesAll ? Handles.error("HashRoute with empty children") : Handles.nothing();
      case 1 -> children.get(0);
      default -> new HashSettings(placement.forServers(children.size()), children);
    };
  }

  private static RouteSettings random(Params params, Handles handles) {
    List<RouteSettings> children = handles.list(params.bareOr("children"));
    return switch (children.size()) {
      case 0 -> Handles.nothing();
      case 1 -> children.get(0);
      default -> new RandomSettings(children);
    };
  }

  private static RouteSettings byHost(Params params, Handles handles) {
    List<RouteSettings> children = handles.list(params.bareOr("children"));
    String salt = params.textOr("salt", "");
    return children.isEmpty()
        ? Handles.nothing()
        : Compositions.ofHost(children, handles.defaults().hostId(), salt);
  }

  private static RouteSettings loadBalancer(Params params, Handles handles) {
    return loadBalanced(params, handles.list(params.bareOr("children")));
  }

  /** memcached does not say how loaded it is, so that the load never decides. */
  static RouteSettings loadBalanced(Params params, List<RouteSettings> children) {
    params.ignore("load_ttl_ms", "failover_count", "default_server_load_percent");
    String algorithm = params.textOr("algorithm", "weighted-hashing");
    String salt = params.textOr("salt", "");
    if (children.size() < 2) {
      return children.isEmpty() ? Handles.nothing() : children.get(0);
    }
    return algorithm.equals("two-random-choices")
        ? new RandomSettings(children)
        : new HashSettings(
            new McrouterHashSettings(McrouterHash.CH3, salt, List.of(), List.of()), children);
  }

  private static RouteSettings byOperation(Params params, Handles handles) {
    RouteSettings otherwise = handles.oneOrNull(params.at("default_policy"));
    Setting policies = params.at("operation_policies");
    Map<Operation, RouteSettings> byOperation = new EnumMap<>(Operation.class);
    if (policies != null) {
      for (Setting policy : policies.members()) {
        RouteSettings route = handles.one(policy);
        if (!FOREIGN_OPERATIONS.contains(policy.key())) {
          byOperation.put(params.findings().or(Operation.FLUSHALL, () -> operation(policy)), route);
        }
      }
    }
    return selector(byOperation, otherwise, params, handles);
  }

  private static OperationSettings selector(
      Map<Operation, RouteSettings> policies,
      @Nullable RouteSettings otherwise,
      Params params,
      Handles handles) {
    boolean isCorrected = handles.defaults().isCorrected(Correction.OPERATIONS);
    if (isCorrected) {
      warnOfMissing(params, policies, otherwise);
    }
    return new OperationSettings(policies, otherwise, !isCorrected);
  }

  private static Operation operation(Setting policy) {
    return Operation.named(policy.key())
        .orElseThrow(
            () ->
                policy.refused(
                    "the key of a policy to be an operation, such as get, set or delete, and not "
                        + policy.key()));
  }

  private static void warnOfMissing(
      Params params, Map<Operation, RouteSettings> given, @Nullable RouteSettings otherwise) {
    Set<String> missing = new TreeSet<>();
    for (Operation operation : Operation.values()) {
      if (operation != Operation.FLUSHALL && !given.containsKey(operation)) {
        missing.add(operation.configName());
      }
    }
    if (otherwise == null && !missing.isEmpty()) {
      params.warn(
          params.setting(),
          "a default_policy, as these are answered with an error: " + String.join(", ", missing));
    }
  }

  private static RouteSettings byGroup(Params params, Handles handles) {
    RouteSettings otherwise = handles.oneOrNull(params.at("default_policy"));
    Map<Operation.Kind, RouteSettings> byKind = new EnumMap<>(Operation.Kind.class);
    Setting policies = params.at("routing_group_policies");
    if (policies != null) {
      for (Setting policy : policies.members()) {
        RouteSettings route = handles.one(policy);
        byKind.put(params.findings().or(Operation.Kind.OTHER, () -> group(policy)), route);
      }
    }
    return selector(Compositions.byKind(byKind), otherwise, params, handles);
  }

  private static Operation.Kind group(Setting policy) {
    for (Operation.Kind kind : Operation.Kind.values()) {
      if (kind != Operation.Kind.OTHER
          && kind.name().toLowerCase(Locale.ROOT).equals(policy.key())) {
        return kind;
      }
    }
    throw policy.refused(
        "the key of a policy to be get_like, update_like, delete_like or arithmetic_like, and not "
            + policy.key());
  }

  private static RouteSettings byPrefix(Params params, Handles handles) {
    Map<String, RouteSettings> routes = new LinkedHashMap<>();
    Setting policies = params.at("policies");
    if (policies != null) {
      policies.members().forEach(policy -> routes.put(policy.key(), handles.one(policy)));
    }
    return new PrefixSettings(routes, handles.oneOrNull(params.at("wildcard")));
  }

  private static RouteSettings migrate(Params params, Handles handles) {
    return new MigrateSettings(
        handles.one(params, "from"),
        handles.one(params, "to"),
        params.requiredInteger("start_time", 0, Long.MAX_VALUE / 4),
        params.integerOr("interval", USUAL_MIGRATION_SECONDS, 1, Integer.MAX_VALUE));
  }

  private static RouteSettings error(Params params, Handles handles) {
    params.ignore("result", "enable_logging");
    Setting text = params.bareOr("response");
    return Handles.error(text == null ? "" : text.text());
  }

  private static RouteSettings logging(Params params, Handles handles) {
    params.warnOfUnused("target", "requests are not logged; they take the route to the target");
    RouteSettings target = handles.oneOrNull(params.bareOr("target"));
    return target == null ? Handles.nothing() : target;
  }
}
