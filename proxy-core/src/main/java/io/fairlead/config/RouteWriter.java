package io.fairlead.config;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.config.route.ServerRouteSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes trees of routes so that they load to equal ones. A route to which several lead, and one
 * that lies deep, stands under a name of its own; so what was one route before is one after.
 */
final class RouteWriter implements WrittenRoute.RouteReferences {
  /** Maps within maps, so that lines stay readable, and far below what the reader allows. */
  private static final int DEEPEST = 4;

  private final Map<String, PoolSettings> pools = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final IdentityHashMap<RouteSettings, String> names = new IdentityHashMap<>();
  private final IdentityHashMap<RouteSettings, Integer> parents = new IdentityHashMap<>();
  private final Deque<RouteSettings> unwritten = new ArrayDeque<>();
  private int depth;

  private RouteWriter(ProxySettings settings) {
    settings.pools().forEach(pool -> pools.put(pool.name(), pool));
    taken.addAll(pools.keySet());
    for (RouteTreeSettings tree : settings.routes()) {
      taken.add(tree.name());
      names.putIfAbsent(tree.root(), tree.name());
    }
    Counter counter = new Counter();
    settings.routes().forEach(tree -> counter.one(tree.root()));
  }

  /** The routes by their names, as {@link YamlLayout} wants them. */
  static Map<String, Object> routes(ProxySettings settings) {
    RouteWriter writer = new RouteWriter(settings);
    Map<String, Object> routes = new LinkedHashMap<>();
    for (RouteTreeSettings tree : settings.routes()) {
      routes.put(YamlScalar.text(tree.name()), writer.tree(tree));
    }
    while (!writer.unwritten.isEmpty()) {
      RouteSettings route = writer.unwritten.remove();
      routes.put(YamlScalar.text(writer.name(route)), writer.map(route).entries());
    }
    return routes;
  }

  private Object tree(RouteTreeSettings tree) {
    RouteSettings root = tree.root();
    boolean isOwn = tree.name().equals(names.get(root));
    WrittenRoute written = new WrittenRoute(this);
    if (!isOwn) {
      written.text("route", names.get(root));
    } else if (isWord(root)) {
      written.text("pool", ((PoolRouteSettings) root).pool());
    } else {
      written = map(root);
    }
    return written
        .put("multiget_failure", ValueKind.nameOf(tree.replies().multigetFailure()))
        .put("arithmetic_failure", ValueKind.nameOf(tree.replies().arithmeticFailure()))
        .put("error_text", ValueKind.nameOf(tree.replies().errorText()))
        .entries();
  }

  private WrittenRoute map(RouteSettings route) {
    WrittenRoute written = new WrittenRoute(this);
    depth++;
    RouteForms.ALL.write(route, written);
    depth--;
    return written;
  }

  @Override
  public Object one(RouteSettings route) {
    if (isWord(route)) {
      return YamlScalar.text(((PoolRouteSettings) route).pool());
    }
    if (!names.containsKey(route) && !isSmall(route) && (isShared(route) || depth >= DEEPEST)) {
      names.put(route, unusedName(route));
      unwritten.add(route);
    }
    return names.containsKey(route) ? YamlScalar.text(name(route)) : map(route).entries();
  }

  private String name(RouteSettings route) {
    String name = names.get(route);
    assert name != null;
    return name;
  }

  /** A pool as it is, whose name says all. */
  private static boolean isWord(RouteSettings route) {
    return route instanceof PoolRouteSettings pool && pool.placement() == null;
  }

  /** Has no state and no children: as good when it is written twice. */
  private static boolean isSmall(RouteSettings route) {
    return route instanceof ServerRouteSettings || route instanceof AnswerSettings;
  }

  private boolean isShared(RouteSettings route) {
    return parents.getOrDefault(route, 0) > 1;
  }

  /** After its kind, and with a number where that is taken. */
  private String unusedName(RouteSettings route) {
    String kind = RouteForms.ALL.word(route);
    String name = kind;
    for (int i = 2; !taken.add(name); i++) {
      name = kind + "_" + i;
    }
    return name;
  }

  @Override
  public Object several(List<RouteSettings> routes) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < routes.size(); ) {
      int servers = serversFrom(routes, i);
      if (servers < 2) {
        elements.add(one(routes.get(i++)));
        continue;
      }
      String pool = YamlScalar.text(((ServerRouteSettings) routes.get(i)).pool());
      elements.add(Map.of("servers", pool));
      i += servers;
    }
    return elements.size() == 1 && serversFrom(routes, 0) > 1 ? elements.get(0) : elements;
  }

  /** How many routes from here on are those to all servers of a pool, in their order; 0 if none. */
  private int serversFrom(List<RouteSettings> routes, int from) {
    if (!(routes.get(from) instanceof ServerRouteSettings first)) {
      return 0;
    }
    int servers = pool(first.pool()).servers().size();
    if (pool(first.pool()).discovery().isOn()) {
      return 0; // which is not written as all of them, as a source may name others
    }
    if (from + servers > routes.size()) {
      return 0;
    }
    boolean isAll =
        IntStream.range(0, servers)
            .allMatch(i -> routes.get(from + i).equals(new ServerRouteSettings(first.pool(), i)));
    return isAll ? servers : 0;
  }

  @Override
  public PoolSettings pool(String name) {
    PoolSettings pool = pools.get(name);
    if (pool == null) {
      throw new IllegalArgumentException("a route to the unknown pool " + name);
    }
    return pool;
  }

  /** Counts how often each route is written when none has a name. */
  private final class Counter implements WrittenRoute.RouteReferences {
    @Override
    public Object one(RouteSettings route) {
      if (parents.merge(route, 1, Integer::sum) == 1) {
        RouteForms.ALL.write(route, new WrittenRoute(this));
      }
      return "";
    }

    @Override
    public Object several(List<RouteSettings> routes) {
      routes.forEach(this::one);
      return "";
    }

    @Override
    public PoolSettings pool(String name) {
      return RouteWriter.this.pool(name);
    }
  }
}
