package io.fairlead.mcrouter;

import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ReplySettings;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.json.Json;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonString;
import io.fairlead.json.Position;
import io.fairlead.json.Setting;
import io.fairlead.macro.Expansion;
import io.fairlead.macro.FileSource;
import io.fairlead.macro.Preprocessor;
import io.fairlead.protocol.Operation;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a configuration of mcrouter. */
public final class McrouterReader {
  private final McrouterDefaults defaults;
  private final Findings findings = new Findings();

  private McrouterReader(McrouterDefaults defaults) {
    this.defaults = defaults;
  }

  /**
   * What a configuration says.
   *
   * @param name of the configuration, for messages
   * @param folder where the files are that it imports
   * @throws io.fairlead.config.ConfigException with what is wrong
   */
  public static McrouterConfig read(
      String name, byte[] content, Path folder, McrouterDefaults defaults) {
    return read(name, content, folder, defaults, FileSource.DISK);
  }

  /**
   * What a configuration says.
   *
   * @param name of the configuration, for messages
   * @param folder where the files are that it imports
   * @param source of these files
   * @throws io.fairlead.config.ConfigException with what is wrong
   */
  public static McrouterConfig read(
      String name, byte[] content, Path folder, McrouterDefaults defaults, FileSource source) {
    Map<String, Json> parameters = new LinkedHashMap<>();
    Position nowhere = new Position(name, 1, 1);
    defaults.parameters().forEach((key, value) -> parameters.put(key, json(nowhere, value)));
    return new McrouterReader(defaults)
        .readAll(expanded(name, content, folder, parameters, source));
  }

  private static Expansion expanded(
      String name, byte[] content, Path folder, Map<String, Json> parameters, FileSource source) {
    try {
      return Preprocessor.expand(name, content, folder, parameters, source);
    } catch (JsonException e) {
      throw Refusal.of(e);
    }
  }

  private McrouterConfig readAll(Expansion expansion) {
    @Nullable McrouterConfig config = null;
    try {
      config = read(expansion);
    } catch (JsonException e) {
      findings.refuse(e);
    }
    if (config == null || findings.hasMistakes()) {
      throw findings.toException();
    }
    return config;
  }

  private static Json json(Position at, Object value) {
    return value instanceof Long number
        ? new JsonInteger(at, number)
        : new JsonString(at, value.toString());
  }

  private McrouterConfig read(Expansion expansion) {
    expansion.duplicates().forEach(findings::warn);
    Params document = new Params(Setting.ofRoot(expansion.root()), findings);
    document.setting().object();
    document.warnOfUnused("routing_options", "it belongs to infrastructure that is not here");
    Pools pools = new Pools(document.at("pools"), defaults, findings);
    Setting named = document.at("named_handles");
    RouteSettings root = findings.or(Handles.nothing(), () -> root(document, pools, named));
    document.warnOfUnknown();
    return new McrouterConfig(
        pools.settings(),
        new RouteTreeSettings(
            pools.unused(McrouterConfig.TREE),
            defaults.replies().onlyGets() ? onlyGets(root) : root,
            replies(defaults.replies())),
        findings.warnings(),
        expansion);
  }

  private static ReplySettings replies(McrouterDefaults.Replies replies) {
    return new ReplySettings(
        replies.errorsAreMisses() ? MultigetFailure.MISS : MultigetFailure.PARTIAL,
        replies.arithmeticErrorsAreMisses() ? ArithmeticFailure.MISS : ArithmeticFailure.ERROR,
        replies.errorsAreGrouped() ? ErrorText.GROUPED : ErrorText.NATIVE);
  }

  private static RouteSettings onlyGets(RouteSettings route) {
    Map<Operation, RouteSettings> gets = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      if (operation.kind() == Operation.Kind.GET_LIKE) {
        gets.put(operation, route);
      }
    }
    return new OperationSettings(gets, new AnswerSettings(AnswerSettings.Kind.NULL, ""));
  }

  private RouteSettings root(Params document, Pools pools, @Nullable Setting named) {
    Setting route = document.at("route");
    Setting routes = document.at("routes");
    if (route == null && routes == null) {
      throw document.refused("route or routes, of which there is none");
    }
    if (route != null && routes != null) {
      throw routes.refused("nothing, as there is route, and only one of both may be given");
    }
    Map<String, Setting> byPrefix = new LinkedHashMap<>();
    if (route != null) {
      byPrefix.put(defaults.routePrefix(), route);
    } else if (routes != null) {
      addAll(routes, byPrefix);
    }
    Setting usual = byPrefix.get(defaults.routePrefix());
    if (usual == null && findings.hasMistakes()) {
      byPrefix.values().forEach(each -> handles(pools, named, null).one(each));
      return Handles.nothing(); // it may be among those that are refused
    }
    if (usual == null) {
      Setting place = routes == null ? document.setting() : routes;
      throw place.refused(
          "a route for "
              + defaults.routePrefix()
              + ", where keys without a prefix go unless --route-prefix says otherwise; there "
              + Names.are(byPrefix.keySet()));
    }
    return byPrefix(byPrefix, usual, pools, named);
  }

  private void addAll(Setting routes, Map<String, Setting> byPrefix) {
    if (!routes.isArray()) {
      for (Setting route : routes.members()) {
        add(route.key(), route, route, byPrefix);
      }
      return;
    }
    for (Setting entry : routes.items()) {
      findings.or(false, () -> addAliases(entry, byPrefix));
    }
  }

  private boolean addAliases(Setting entry, Map<String, Setting> byPrefix) {
    Params params = new Params(entry, findings);
    Setting route = params.required("route");
    for (Setting alias : params.required("aliases").items()) {
      add(alias.text(), alias, route, byPrefix);
    }
    params.warnOfUnknown();
    return true;
  }

  /** Under a prefix that is refused the route is read nevertheless. */
  private void add(String text, Setting at, Setting route, Map<String, Setting> byPrefix) {
    byPrefix.put(findings.or(text, () -> RoutingPrefixes.of(text, at)), route);
  }

  /** One tree for all prefixes of a route, or one for each where servers want keys with theirs. */
  private RouteSettings byPrefix(
      Map<String, Setting> byPrefix, Setting usual, Pools pools, @Nullable Setting named) {
    Handles handles = handles(pools, named, null);
    Map<Setting, RouteSettings> read = new HashMap<>();
    Map<String, RouteSettings> shared = new LinkedHashMap<>();
    byPrefix.forEach(
        (prefix, route) ->
            shared.put(prefix, read.computeIfAbsent(route, each -> tree(each, handles))));
    boolean unknownIsUsual = defaults.unknownPrefixIsUsual();
    if (!pools.keepPrefixes()) {
      return new RoutingPrefixSettings(shared, defaults.routePrefix(), unknownIsUsual);
    }
    Map<String, RouteSettings> own = new LinkedHashMap<>();
    byPrefix.forEach(
        (prefix, route) -> own.put(prefix, tree(route, handles(pools, named, prefix))));
    return new RoutingPrefixSettings(own, read.get(usual), defaults.routePrefix(), unknownIsUsual);
  }

  private Handles handles(Pools pools, @Nullable Setting named, @Nullable String prefix) {
    Handles handles = new Handles(pools, defaults, findings, prefix);
    if (named != null) {
      handles.name(named);
    }
    return handles;
  }

  private RouteSettings tree(Setting route, Handles handles) {
    return bigValues(handles.one(route));
  }

  private RouteSettings bigValues(RouteSettings route) {
    McrouterDefaults.BigValues values = defaults.bigValues();
    return values.threshold() == 0
        ? route
        : new BigValueSettings(route, values.threshold(), values.batch());
  }
}
