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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a configuration of mcrouter. */
public final class McrouterReader {
  private static final Pattern PREFIX = Pattern.compile("/[^/]+/[^/]+/");

  private final McrouterDefaults defaults;
  private final Warnings warnings = new Warnings();

  private McrouterReader(McrouterDefaults defaults) {
    this.defaults = defaults;
  }

  /**
   * What a configuration says.
   *
   * @param name of the configuration, for messages
   * @param folder where the files are that it imports
   * @throws io.fairlead.config.ConfigException with the first thing that is wrong
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
   * @throws io.fairlead.config.ConfigException with the first thing that is wrong
   */
  public static McrouterConfig read(
      String name, byte[] content, Path folder, McrouterDefaults defaults, FileSource source) {
    Map<String, Json> parameters = new LinkedHashMap<>();
    Position nowhere = new Position(name, 1, 1);
    defaults.parameters().forEach((key, value) -> parameters.put(key, json(nowhere, value)));
    try {
      return new McrouterReader(defaults)
          .read(Preprocessor.expand(name, content, folder, parameters, source));
    } catch (JsonException e) {
      throw Refusal.of(e);
    }
  }

  private static Json json(Position at, Object value) {
    return value instanceof Long number
        ? new JsonInteger(at, number)
        : new JsonString(at, value.toString());
  }

  private McrouterConfig read(Expansion expansion) {
    expansion.duplicates().forEach(warnings::add);
    Params document = new Params(Setting.ofRoot(expansion.root()), warnings);
    document.setting().object();
    document.warnOfUnused("routing_options", "it belongs to infrastructure that is not here");
    Pools pools = new Pools(document.at("pools"), defaults, warnings);
    Setting named = document.at("named_handles");
    RouteSettings root = root(document, pools, named);
    document.warnOfUnknown();
    return new McrouterConfig(
        pools.settings(),
        new RouteTreeSettings(
            pools.unused(McrouterConfig.TREE),
            defaults.replies().onlyGets() ? onlyGets(root) : root,
            replies(defaults.replies())),
        warnings.all(),
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
        byPrefix.put(prefix(route.key(), route), route);
      }
      return;
    }
    for (Setting entry : routes.items()) {
      Params params = new Params(entry, warnings);
      Setting route = params.required("route");
      for (Setting alias : params.required("aliases").items()) {
        byPrefix.put(prefix(alias.text(), alias), route);
      }
      params.warnOfUnknown();
    }
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
    Handles handles = new Handles(pools, defaults, warnings, prefix);
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

  private static String prefix(String text, Setting at) {
    String prefix = text.startsWith("/") ? text : "/" + text;
    prefix = prefix.endsWith("/") ? prefix : prefix + "/";
    if (!PREFIX.matcher(prefix).matches()) {
      throw at.refused("a prefix of the form /region/cluster/, and not " + prefix);
    }
    return prefix;
  }
}
