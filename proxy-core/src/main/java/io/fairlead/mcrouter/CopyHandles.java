package io.fairlead.mcrouter;

import io.fairlead.config.Correction;
import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.json.JsonException;
import io.fairlead.json.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles that copy values or requests. */
final class CopyHandles {
  private static final int MOST = Integer.MAX_VALUE;

  private CopyHandles() {}

  static void addTo(Map<String, HandleKind> kinds) {
    kinds.put("WarmUpRoute", HandleKind.of(CopyHandles::warmUp));
    kinds.put("L1L2CacheRoute", HandleKind.of(CopyHandles::twoLevels));
    kinds.put("L1L2SizeSplitRoute", HandleKind.of(CopyHandles::bySize));
    kinds.put("StagingRoute", HandleKind.of(CopyHandles::staging));
    kinds.put("ShadowRoute", HandleKind.of(CopyHandles::shadow));
    kinds.put("BigValueRoute", HandleKind.of(CopyHandles::bigValue));
  }

  /** The remaining time of what is copied is kept, for which mcrouter needs enable_metaget. */
  private static RouteSettings warmUp(Params params, Handles handles) {
    boolean copiesTtl =
        params.flagOr("enable_metaget", false)
            || handles.defaults().isCorrected(Correction.WARM_UP);
    Setting expiry = params.at("exptime");
    return new WarmUpSettings(
        handles.one(params, "cold"),
        handles.one(params, "warm"),
        expiry == null ? null : (Integer) params.integerOr("exptime", 0, Integer.MIN_VALUE, MOST),
        copiesTtl);
  }

  private static RouteSettings twoLevels(Params params, Handles handles) {
    int period = params.integerOr("ncacheUpdatePeriod", 0, 0, MOST);
    return new TwoLevelSettings(
        handles.one(params, "l1"),
        handles.one(params, "l2"),
        (int) params.requiredInteger("upgradingL1Exptime", 0, MOST),
        params.integerOr("ncacheExptime", 0, 0, MOST),
        period);
  }

  private static RouteSettings bySize(Params params, Handles handles) {
    return new SizeSplitSettings(
        handles.one(params, "l1"),
        handles.one(params, "l2"),
        (int) params.requiredInteger("threshold", 0, MOST),
        params.integerOr("ttl_threshold", 0, 0, MOST),
        params.integerOr("failure_ttl", 60, 0, MOST),
        params.flagOr("both_full_set", false),
        params.integerOr("retries", 1, 0, 10));
  }

  private static RouteSettings staging(Params params, Handles handles) {
    return new StagingSettings(handles.one(params, "warm"), handles.one(params, "staging"));
  }

  private static RouteSettings bigValue(Params params, Handles handles) {
    return new BigValueSettings(
        handles.one(params, "target"),
        (int) params.requiredInteger("split_threshold", 1, MOST),
        params.integerOr("batch_size", 10, 0, MOST));
  }

  private static RouteSettings shadow(Params params, Handles handles) {
    List<RouteSettings> targets = new ArrayList<>();
    targets.add(handles.one(params, "target"));
    shadow(params, targets, handles);
    return targets.get(0);
  }

  /** Puts the shadows that are given around those of the routes that they are for. */
  static void shadow(Params params, List<RouteSettings> routes, Handles handles) {
    Setting shadows = params.at("shadows");
    params.ignore("shadow_policy");
    if (shadows == null) {
      return;
    }
    for (int i = 0; i < routes.size(); i++) {
      List<Shadow> own = new ArrayList<>();
      for (Setting shadow : shadows.isArray() ? shadows.items() : List.of(shadows)) {
        Shadow read = shadowOf(shadow, i, routes.size(), params, handles);
        if (read != null) {
          own.add(read);
        }
      }
      if (!own.isEmpty()) {
        routes.set(i, new ShadowSettings(routes.get(i), own));
      }
    }
  }

  /** A shadow that is broken is left out, as mcrouter does; null when it is not for that route. */
  private static @Nullable Shadow shadowOf(
      Setting setting, int index, int routes, Params params, Handles handles) {
    try {
      return handles.findings().strictly(() -> shadowOf(setting, index, routes, handles));
    } catch (JsonException e) {
      params.warn(setting, "a shadow that can be used, as this one is left out: " + e.getMessage());
      return null;
    }
  }

  private static @Nullable Shadow shadowOf(
      Setting setting, int index, int routes, Handles handles) {
    Params own = new Params(setting, handles.findings());
    own.warnOfUnused(
        "key_fraction_range_rv", "there are no runtime variables; key_fraction_range is taken");
    boolean isFor = isFor(own.at("index_range"), index, routes);
    Shadow shadow = readShadow(own, handles);
    own.warnOfUnknown();
    return isFor ? shadow : null;
  }

  private static boolean isFor(@Nullable Setting range, int index, int routes) {
    if (range == null) {
      return true;
    }
    List<Setting> bounds = range.items();
    if (bounds.size() != 2) {
      throw range.refused("[first index, index after the last]");
    }
    long from = bounds.get(0).integer(0, routes);
    long to = bounds.get(1).integer(from, routes);
    return index >= from && index < to;
  }

  private static Shadow readShadow(Params own, Handles handles) {
    double from = 0;
    double to = 1;
    Setting range = own.at("key_fraction_range");
    if (range != null) {
      List<Setting> bounds = range.items();
      if (bounds.size() != 2) {
        throw range.refused("[from, to], both from 0 to 1");
      }
      from = bounds.get(0).number(0, 1);
      to = bounds.get(1).number(from, 1);
    }
    Setting keys = own.at("keys_to_shadow");
    return new Shadow(
        handles.one(own.required("target")),
        from,
        to,
        keys == null ? null : keySet(keys),
        own.numberOr("requests_fraction", 1, 0, 1),
        handles.defaults().shadows(),
        false);
  }

  private static Set<String> keySet(Setting keys) {
    Set<String> all = new HashSet<>();
    keys.items().forEach(key -> all.add(key.text()));
    return all;
  }
}
