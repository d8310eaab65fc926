package io.fairlead.routes;

import static io.fairlead.routes.RouteSetup.pool;
import static io.fairlead.routes.RouteSetup.pools;

import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AllSettings.Mode;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.AnswerSettings.Kind;
import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.Compositions;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.MigrateSettings;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyExpirySettings.Action;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RandomSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RateLimitSettings.Rate;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.faults.TestProxy;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.Spooky;
import io.fairlead.protocol.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The handles of the matrix by the names that its files have for them. */
final class MatrixHandles {
  static final int SERVERS = 3;

  /** All connections that any handle uses. */
  static final String EVERYWHERE = "everywhere";

  private static final String WHOLE = "whole";

  static final Map<String, RouteSettings> ALL = new LinkedHashMap<>();

  static {
    all("all-sync", Mode.SYNC);
    all("all-fastest", Mode.FASTEST);
    all("all-initial", Mode.INITIAL);
    all("all-majority", Mode.MAJORITY);
    all("all-async", Mode.ASYNC);
    selectors();
    answers();
    migrations();
    limits();
    copies();
    failovers();
    changes();
  }

  private MatrixHandles() {}

  private static void all(String name, Mode mode) {
    ALL.put(name, new AllSettings(mode, pools(SERVERS)));
  }

  private static void selectors() {
    RouteSettings everyServer = new AllSettings(Mode.SYNC, pools(SERVERS));
    ALL.put("pool", new PoolRouteSettings(WHOLE, null));
    ALL.put("server", new ServerRouteSettings(WHOLE, 1));
    ALL.put("prefix", new PrefixSettings(Map.of("", pool(2), "k", pool(1), "kk", pool(0)), null));
    ALL.put("prefix otherwise", new PrefixSettings(Map.of("kk", pool(0)), pool(1)));
    ALL.put("prefix none", new PrefixSettings(Map.of("kk", pool(0)), null));
    ALL.put(
        "operation",
        new OperationSettings(
            Map.of(Operation.GET, pool(1), Operation.DELETE, everyServer), pool(0)));
    ALL.put(
        "operation none",
        new OperationSettings(
            Map.of(
                Operation.GET, pool(0),
                Operation.SET, everyServer,
                Operation.ADD, everyServer,
                Operation.DELETE, everyServer),
            null));
    ALL.put("random", new RandomSettings(pools(2)));
    ALL.put(
        "hash",
        new HashSettings(
            new McrouterHashSettings(McrouterHash.CH3, "", List.of(), List.of()), pools(SERVERS)));
  }

  private static void answers() {
    ALL.put("null", new AnswerSettings(Kind.NULL, ""));
    ALL.put("devnull", new AnswerSettings(Kind.DEV_NULL, ""));
    ALL.put("error", new AnswerSettings(Kind.ERROR, ""));
    ALL.put("error with a text", new AnswerSettings(Kind.ERROR, "closed on sundays"));
  }

  /** The key k of the matrix moves an hour from now, or has moved an hour ago. */
  private static void migrations() {
    long now = Instant.now().getEpochSecond();
    long year = Duration.ofDays(365).toSeconds();
    long hour = Duration.ofHours(1).toSeconds();
    int hash = new Spooky().hash32(new byte[] {'k'}, 0, 1, 0);
    long start = now - year - Integer.toUnsignedLong(hash) % year;
    ALL.put("migrate not begun", new MigrateSettings(pool(0), pool(1), now + hour, year));
    ALL.put("migrate begun", new MigrateSettings(pool(0), pool(1), start + hour, year));
    ALL.put("migrate moved", new MigrateSettings(pool(0), pool(1), start - hour, year));
    ALL.put("migrate over", new MigrateSettings(pool(0), pool(1), now - 2 * year, year));
  }

  private static void limits() {
    Rate ample = new Rate(1_000_000, 1_000_000);
    Rate none = new Rate(0, 0);
    ALL.put("rate-limit", new RateLimitSettings(pool(0), ample, ample, ample, null));
    ALL.put("rate-limit over", new RateLimitSettings(pool(0), none, none, none, null));
    ALL.put("rate-limit fallback", new RateLimitSettings(pool(0), none, none, none, pool(1)));
    ALL.put("outstanding", OutstandingSettings.of(pool(0), 1));
    ALL.put("latency", new LatencySettings(pool(0), 1, 1, 0));
    ALL.put(
        "blackhole",
        new BlackholeSettings(
            pool(0), pool(1), Set.of(Operation.GET, Operation.SET, Operation.DELETE)));
    ALL.put("slow-warmup", new SlowWarmUpSettings(pool(0), pool(1), 0, 0, 0, 0, 1_000_000));
  }

  private static void copies() {
    ALL.put("warm-up", new WarmUpSettings(pool(0), pool(1), 60, false));
    ALL.put("two-level", new TwoLevelSettings(pool(0), pool(1), 60, 0, 0));
    ALL.put(
        "shadow",
        new ShadowSettings(pool(0), List.of(new ShadowSettings.Shadow(pool(1), 0, 1, null, 1))));
  }

  private static void failovers() {
    ALL.put("failover", failover(pools(SERVERS)));
    ALL.put("failover gutter", failover(Compositions.withGutter(pool(0), List.of(pool(1)), 30)));
    ALL.put("miss-failover", new MissFailoverSettings(pools(SERVERS), false));
    ALL.put("miss-failover best", new MissFailoverSettings(pools(SERVERS), true));
  }

  private static RouteSettings failover(List<RouteSettings> children) {
    return new FailoverSettings(children, FailoverErrors.DEFAULT, FailoverOrder.IN_ORDER, null);
  }

  private static void changes() {
    ALL.put("modify-exptime set", new ModifyExpirySettings(pool(0), 30, Action.SET));
    ALL.put("modify-exptime min", new ModifyExpirySettings(pool(0), 90, Action.MIN));
  }

  /** Starts a proxy with a listener for each handle. */
  static TestProxy start(List<Integer> ports) {
    List<RouteSettings> trees = new ArrayList<>(ALL.values());
    trees.add(new AllSettings(Mode.SYNC, everyConnection()));
    return new RouteSetup(ports).wholePool(WHOLE).startAll(trees);
  }

  private static List<RouteSettings> everyConnection() {
    List<RouteSettings> every = new ArrayList<>(pools(SERVERS));
    for (int i = 0; i < SERVERS; i++) {
      every.add(new ServerRouteSettings(WHOLE, i));
    }
    return every;
  }

  /** The index of a handle's listener. */
  static int listener(String handle) {
    if (handle.equals(EVERYWHERE)) {
      return ALL.size();
    }
    int index = List.copyOf(ALL.keySet()).indexOf(handle);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no handle [" + handle + "] (expected: one of " + ALL.keySet() + ")");
    }
    return index;
  }
}
