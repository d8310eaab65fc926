package io.fairlead.mcrouter;

import io.fairlead.config.Correction;
import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.json.Setting;
import io.fairlead.mcrouter.Pools.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Handles that lead to the servers of a pool.
 *
 * <p>A {@code PoolRoute} is several nodes when it has parameters: from the server outwards a limit
 * of what is in flight, a slow warm-up, shadows, then the choice by the hash, a rate limit, and
 * split shards.
 */
final class PoolHandles {
  private PoolHandles() {}

  static void addTo(Map<String, HandleKind> kinds) {
    kinds.put("Pool", PoolHandles::servers);
    kinds.put("PoolRoute", HandleKind.of(PoolHandles::pool));
  }

  /** Whether that hash is none, but makes the pool another route. */
  static boolean isRouteOfItsOwn(String hash) {
    return hash.equals("Latest") || hash.equals("LoadBalancer");
  }

  private static List<RouteSettings> servers(Params params, Handles handles) {
    return servers(handles.pools().pool(params.requiredBareOr("pool")), handles);
  }

  /** A route to each server of a pool. */
  static List<RouteSettings> servers(Pool pool, Handles handles) {
    List<RouteSettings> routes = new ArrayList<>();
    int index = 0;
    for (Setting member : pool.members()) {
      RouteSettings server =
          member.isObject()
              ? handles.one(member)
              : new ServerRouteSettings(pool.settings().name(), index++);
      routes.add(pool.keepsPrefix() ? withPrefix(server, handles) : server);
    }
    return routes;
  }

  /** The prefix was taken off before the hash, and its servers want it again. */
  private static RouteSettings withPrefix(RouteSettings server, Handles handles) {
    String prefix = handles.prefix();
    return prefix == null ? server : new ModifyKeySettings(server, prefix, null, null, null, false);
  }

  /** The pool whose servers keys are spread over. */
  static RouteSettings pool(Params params, Handles handles) {
    Pool pool = handles.pools().pool(params.requiredBareOr("pool"));
    params.ignore("pool_id").warnOfUnused("bucketize", "keys are not put into buckets");
    if (params.at("bucketize") != null) {
      params.ignore("total_buckets", "bucketization_keyspace");
    }
    Setting hash = params.at("hash");
    Setting usual = hash == null ? pool.params().at("hash") : hash;
    if (usual != null && isRouteOfItsOwn(HashReader.nameOf(usual))) {
      return ofItsOwn(usual, pool, params, handles);
    }
    RouteSettings route = chosen(hash, pool, params, handles);
    return around(route, pool, params, handles);
  }

  private static RouteSettings ofItsOwn(Setting hash, Pool pool, Params params, Handles handles) {
    List<RouteSettings> servers = servers(pool, handles);
    Params own = new Params(hash, handles.findings()).ignore("hash_func");
    RouteSettings route =
        HashReader.nameOf(hash).equals("Latest")
            ? FailoverHandles.latest(own, servers, handles)
            : SelectHandles.loadBalanced(own, servers);
    own.warnOfUnknown();
    return around(route, pool, params, handles);
  }

  /** The choice of a server, with what is done for each of them. */
  private static RouteSettings chosen(
      @Nullable Setting hash, Pool pool, Params params, Handles handles) {
    List<RouteSettings> servers = servers(pool, handles);
    McrouterHashSettings placement =
        hash == null
            ? null
            : handles
                .findings()
                .or(
                    McrouterHashSettings.of(McrouterHash.CH3),
                    () -> new HashReader(handles.findings()).read(hash, pool.params()))
                .forServers(servers.size());
    List<RouteSettings> wrapped = new ArrayList<>(servers);
    int most = params.integerOr("max_outstanding", 0, 0, Integer.MAX_VALUE);
    if (most > 0) {
      wrapped.replaceAll(
          server ->
              new OutstandingSettings(
                  server,
                  most,
                  OutstandingSettings.DEFAULT_MOST_WAITING,
                  pool.settings().timeout()));
    }
    LimitHandles.warmUpSlowly(params, wrapped, handles);
    CopyHandles.shadow(params, wrapped, handles);
    boolean isPlain = wrapped.stream().allMatch(ServerRouteSettings.class::isInstance);
    return isPlain
        ? new PoolRouteSettings(pool.settings().name(), placement)
        : new HashSettings(placement == null ? pool.settings().placement() : placement, wrapped);
  }

  private static RouteSettings around(
      RouteSettings inner, Pool pool, Params params, Handles handles) {
    RouteSettings route = inner;
    Setting rates = params.at("rates");
    if (rates != null) {
      route = LimitHandles.limited(route, rates, null, handles);
    }
    route = ChangeHandles.splitShards(route, params, handles);
    params.ignore("asynclog_name");
    if (!params.flagOr("asynclog", true)) {
      handles.pools().spoolNoDeletes(pool.settings().name());
      return route;
    }
    McrouterDefaults defaults = handles.defaults();
    boolean spoolAnswers =
        defaults.replies().spoolDeletes() && !defaults.isCorrected(Correction.DELETES);
    return spoolAnswers ? new SpoolAnswersSettings(route) : route;
  }
}
