package io.fairlead.config;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.HashStopSettings;
import io.fairlead.config.route.KeyPartsSettings;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.MigrateSettings;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Routes of every kind that a file can say, over some pools; a route may be below several. */
final class RandomRoutes {
  private final RandomSettings random;
  private final List<PoolSettings> pools;
  private final List<RouteSettings> made = new ArrayList<>();
  private final List<Supplier<RouteSettings>> kinds = new ArrayList<>();
  private int depth;

  RandomRoutes(RandomSettings random, List<PoolSettings> pools) {
    this.random = random;
    this.pools = pools;
    addLeaves();
    addLimits();
    addChanges();
    addCopies();
    addChoices();
  }

  /** A route with routes below it, of any kind. */
  RouteSettings tree() {
    return make(kinds.get(random.below(kinds.size())));
  }

  private RouteSettings route() {
    if (!made.isEmpty() && random.below(6) == 0) {
      return made.get(random.below(made.size()));
    }
    boolean isLeaf = depth > 6 || random.below(5) < 2;
    return make(kinds.get(random.below(isLeaf ? 4 : kinds.size())));
  }

  private RouteSettings make(Supplier<RouteSettings> kind) {
    depth++;
    RouteSettings route = kind.get();
    depth--;
    made.add(route);
    return route;
  }

  private List<RouteSettings> several() {
    PoolSettings pool = pool();
    if (random.below(5) == 0 && pool.servers().size() > 1) {
      return IntStream.range(0, pool.servers().size())
          .<RouteSettings>mapToObj(i -> new ServerRouteSettings(pool.name(), i))
          .toList();
    }
    return RandomSettings.list(1 + random.below(3), i -> route());
  }

  private @Nullable RouteSettings maybe() {
    return random.flag() ? null : route();
  }

  private PoolSettings pool() {
    return random.pick(pools.toArray(PoolSettings[]::new));
  }

  /** The first four, so that a walk comes to an end. */
  private void addLeaves() {
    kinds.add(() -> new PoolRouteSettings(pool().name(), null));
    kinds.add(this::placedPool);
    kinds.add(this::server);
    kinds.add(this::answer);
  }

  private RouteSettings placedPool() {
    PoolSettings pool = pool();
    return new PoolRouteSettings(pool.name(), placement(pool));
  }

  private PlacementSettings placement(PoolSettings pool) {
    return pool.discovery().isOn() ? random.ring() : random.placement(pool.servers().size());
  }

  private RouteSettings server() {
    PoolSettings pool = pool();
    return pool.servers().isEmpty()
        ? answer()
        : new ServerRouteSettings(pool.name(), random.below(pool.servers().size()));
  }

  private RouteSettings answer() {
    AnswerSettings.Kind kind = random.pick(AnswerSettings.Kind.values());
    return new AnswerSettings(kind, kind == AnswerSettings.Kind.ERROR ? random.word("gone") : "");
  }

  private void addLimits() {
    kinds.add(() -> new RateLimitSettings(route(), rate(), rate(), rate(), maybe()));
    kinds.add(
        () ->
            new OutstandingSettings(
                route(), 1 + random.below(9), random.pick(0, 100_000), random.time()));
    kinds.add(
        () ->
            new SlowWarmUpSettings(
                route(),
                route(),
                random.share(),
                random.share(),
                random.pick(0.1, random.share()),
                random.pick(1.0, number()),
                random.pick(100, random.below(999))));
    kinds.add(
        () ->
            new LatencySettings(
                route(), random.below(3_600_000), random.pick(0, 1), random.pick(0, 60_000)));
    kinds.add(() -> new BlackholeSettings(route(), maybe(), operations()));
  }

  private RateLimitSettings.@Nullable Rate rate() {
    double rate = number();
    return random.flag() ? null : new RateLimitSettings.Rate(rate, random.pick(rate, number()));
  }

  private double number() {
    return random.pick(0.0, 0.1, 1000.0, 123456789.125, 1e15, random.share());
  }

  private Set<Operation> operations() {
    return OperationForm.ALL.stream().filter(o -> random.flag()).collect(Collectors.toSet());
  }

  private void addChanges() {
    kinds.add(
        () ->
            new ModifyExpirySettings(
                route(), expiry(), random.pick(ModifyExpirySettings.Action.values())));
    kinds.add(
        () ->
            new ModifyKeySettings(
                route(), maybeText(), maybeText(), maybeText(), maybeText(), random.flag()));
    kinds.add(
        () -> new KeySplitSettings(route(), 2 + random.below(999), random.flag(), random.flag()));
    kinds.add(() -> new ShardSplitSettings(route(), splits(), random.flag()));
    kinds.add(
        () ->
            new KeyPartsSettings(
                route(), 1 + random.below(250), random.pick(':', '.', '"', '1', '~')));
    kinds.add(
        () -> new HashStopSettings(route(), RandomSettings.list(random.below(3), i -> text())));
  }

  private int expiry() {
    return random.pick(
        0, -1, 1 + random.below(100), 3600, 86400, Integer.MAX_VALUE, Integer.MIN_VALUE);
  }

  private String text() {
    return random.pick("", "user:", "é \n\u2028\"", random.word("t"));
  }

  private @Nullable String maybeText() {
    return random.flag() ? null : text();
  }

  private Map<String, Integer> splits() {
    Map<String, Integer> splits = new LinkedHashMap<>();
    for (int i = random.below(3); i > 0; i--) {
      splits.put(random.pick("123", "a", "1e3") + i, 1 + random.below(677));
    }
    return splits;
  }

  private void addCopies() {
    kinds.add(
        () ->
            new WarmUpSettings(
                route(), route(), random.flag() ? null : (Integer) expiry(), random.flag()));
    kinds.add(
        () ->
            new TwoLevelSettings(
                route(), route(), random.below(9), random.pick(0, 60), random.pick(0, 7)));
    kinds.add(() -> new StagingSettings(route(), route()));
    kinds.add(
        () ->
            new SizeSplitSettings(
                route(),
                route(),
                random.pick(0, 1, 1 << 20, Integer.MAX_VALUE),
                random.pick(0, 86_400),
                random.pick(60, 0, 61),
                random.flag(),
                random.below(11)));
    kinds.add(
        () -> new BigValueSettings(route(), 1 + random.below(2_000_000), random.pick(0, 10, 11)));
    kinds.add(
        () -> new ShadowSettings(route(), RandomSettings.list(1 + random.below(2), i -> shadow())));
  }

  private ShadowSettings.Shadow shadow() {
    double from = random.share() / 2;
    return new ShadowSettings.Shadow(
        route(),
        random.pick(0.0, from),
        random.pick(1.0, from + 0.5),
        random.flag() ? null : Set.of(random.word("k"), "x y"),
        random.pick(1.0, random.share()),
        random.pick(ShadowSettings.Shadow.MOST_IN_FLIGHT, 0),
        random.flag());
  }

  private void addChoices() {
    kinds.add(this::byOperation);
    kinds.add(() -> new PrefixSettings(routes("p:", random.below(4)), maybe()));
    kinds.add(
        () -> {
          Map<String, RouteSettings> routes = routes("/a/b", 1 + random.below(3));
          return new RoutingPrefixSettings(
              routes, maybe(), routes.keySet().iterator().next(), random.flag());
        });
    kinds.add(
        () -> {
          List<RouteSettings> children = several();
          return new HashSettings(random.placement(children.size()), children);
        });
    kinds.add(() -> new io.fairlead.config.route.RandomSettings(several()));
    kinds.add(
        () ->
            new MigrateSettings(
                route(),
                route(),
                random.pick(0L, 1_800_000_000L, Long.MAX_VALUE / 16),
                random.pick(3600, 1 + random.below(9999))));
    kinds.add(
        () -> {
          AllSettings.Mode mode = random.pick(AllSettings.Mode.values());
          return new AllSettings(mode, several(), mode.compares() && random.flag());
        });
    kinds.add(this::failover);
    kinds.add(() -> new MissFailoverSettings(several(), random.flag()));
    kinds.add(() -> new SpoolAnswersSettings(route()));
  }

  private RouteSettings byOperation() {
    Map<Operation, RouteSettings> routes = new EnumMap<>(Operation.class);
    RouteSettings often = route();
    for (Operation operation : OperationForm.ALL) {
      int kind = random.below(8);
      if (kind < 7) {
        routes.put(operation, kind < 6 ? often : route());
      }
    }
    return new OperationSettings(routes, maybe(), random.flag());
  }

  private Map<String, RouteSettings> routes(String prefix, int count) {
    Map<String, RouteSettings> routes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      routes.put(prefix + i + "/", route());
    }
    return routes;
  }

  private RouteSettings failover() {
    List<RouteSettings> children = several();
    return new FailoverSettings(
        children,
        random.flag() ? FailoverErrors.DEFAULT : errors(),
        order(children.size()),
        random.flag() ? null : new FailoverSettings.Limit(random.share(), number()));
  }

  private FailoverErrors errors() {
    Set<Result> all = results();
    return random.flag()
        ? new FailoverErrors(all, all, all)
        : new FailoverErrors(results(), FailoverErrors.USUAL, results());
  }

  private Set<Result> results() {
    return Arrays.stream(Result.values())
        .filter(result -> result.isError() && random.flag())
        .collect(Collectors.toSet());
  }

  private FailoverOrder order(int children) {
    return switch (random.below(4)) {
      case 0 -> FailoverOrder.IN_ORDER;
      case 1 -> new FailoverOrder.LeastFailures(1 + random.below(5));
      case 2 ->
          new FailoverOrder.Deterministic(1 + random.below(5), 1 + random.below(5), weights());
      default ->
          new FailoverOrder.Rendezvous(
              RandomSettings.list(children - random.below(2), i -> random.word("tag" + i)),
              weights());
    };
  }

  private @Nullable List<Double> weights() {
    return random.flag() ? null : RandomSettings.list(random.below(3), i -> random.share());
  }
}
