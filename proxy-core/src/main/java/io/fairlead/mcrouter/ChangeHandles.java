package io.fairlead.mcrouter;

import io.fairlead.config.route.HashStopSettings;
import io.fairlead.config.route.KeyPartsSettings;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyExpirySettings.Action;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.json.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Handles that change the key or the expiry of what they pass on. */
final class ChangeHandles {
  private static final int MOST_REPLICAS = 1000;
  private static final int MOST_SPLITS = 26 * 26 + 1;

  private ChangeHandles() {}

  static void addTo(Map<String, HandleKind> kinds) {
    kinds.put("ModifyExptimeRoute", HandleKind.of(ChangeHandles::modifyExpiry));
    kinds.put("ModifyKeyRoute", HandleKind.of(ChangeHandles::modifyKey));
    kinds.put("KeySplitRoute", HandleKind.of(ChangeHandles::splitKeys));
    kinds.put("KeyParseRoute", HandleKind.of(ChangeHandles::keyParts));
    kinds.put("HashStopAllowListRoute", HandleKind.of(ChangeHandles::hashStops));
    kinds.put(
        "ShardSplitRoute",
        HandleKind.of(
            (params, handles) -> splitShards(handles.one(params, "target"), params, handles)));
  }

  private static RouteSettings modifyExpiry(Params params, Handles handles) {
    Setting action = params.at("action");
    return new ModifyExpirySettings(
        handles.one(params, "target"),
        (int) params.requiredInteger("exptime", Integer.MIN_VALUE, Integer.MAX_VALUE),
        action == null ? Action.SET : params.findings().or(Action.SET, () -> actionOf(action)));
  }

  private static Action actionOf(Setting setting) {
    return switch (setting.text()) {
      case "set" -> Action.SET;
      case "min" -> Action.MIN;
      default -> throw setting.refused("set or min");
    };
  }

  private static RouteSettings modifyKey(Params params, Handles handles) {
    Setting prefix = params.at("set_routing_prefix");
    Handles below = prefix == null ? handles : handles.under(routingPrefix(prefix, params));
    return new ModifyKeySettings(
        below.one(params, "target"),
        params.textOrNull("ensure_key_prefix"),
        params.textOrNull("replace_key_prefix"),
        params.textOrNull("set_key_suffix"),
        params.flagOr("modify_inplace", false));
  }

  /** The prefix is no part of what is hashed, and only servers that want it get it. */
  private static @Nullable String routingPrefix(Setting setting, Params params) {
    String text = params.textOr("set_routing_prefix", "");
    return text.isEmpty()
        ? null
        : params.findings().or(text, () -> RoutingPrefixes.of(text, setting));
  }

  private static RouteSettings splitKeys(Params params, Handles handles) {
    return new KeySplitSettings(
        handles.one(params, "destination"),
        (int) params.requiredInteger("replicas", 2, MOST_REPLICAS),
        params.flagOr("all_sync", false),
        params.flagOr("first_hit", false));
  }

  private static RouteSettings keyParts(Params params, Handles handles) {
    Setting delimiter = params.at("delimiter");
    if (delimiter != null && delimiter.text().length() != 1) {
      throw delimiter.refused("one character");
    }
    return new KeyPartsSettings(
        handles.one(params, "target"),
        (int) params.requiredInteger("num_routing_parts", 1, 250),
        delimiter == null ? ':' : delimiter.text().charAt(0));
  }

  private static RouteSettings hashStops(Params params, Handles handles) {
    return new HashStopSettings(
        handles.one(params, "target"), HashReader.texts(params.required("prefixes")));
  }

  /** Splits shards above a route when the parameters say so. */
  static RouteSettings splitShards(RouteSettings target, Params params, Handles handles) {
    Setting splits = params.at("shard_splits");
    boolean fanout = params.flagOr("split_shard_fanout", true);
    if (splits == null) {
      return target;
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Setting split : splits.members()) {
      counts.put(split.key(), params.findings().or(1, () -> count(split)));
    }
    return new ShardSplitSettings(target, counts, fanout);
  }

  private static int count(Setting split) {
    @Nullable Setting end = split.isObject() ? split.at("end") : null;
    if (split.isObject() && end == null) {
      throw split.refused("a number, or an object with start and end");
    }
    return (int) (end == null ? split : end).integer(1, MOST_SPLITS);
  }
}
