package io.fairlead.mcrouter;

import static io.fairlead.mcrouter.Configs.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fairlead.config.ConfigException;
import io.fairlead.config.Correction;
import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AllSettings.Mode;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.AnswerSettings.Kind;
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
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RandomSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RateLimitSettings.Rate;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each type of handle means, with {@code A} of two servers and {@code B} of one. */
class HandlesTest {
  private static final RouteSettings A = new PoolRouteSettings("A", null);
  private static final RouteSettings B = new PoolRouteSettings("B", null);
  private static final RouteSettings A0 = new ServerRouteSettings("A", 0);
  private static final RouteSettings A1 = new ServerRouteSettings("A", 1);
  private static final RouteSettings B0 = new ServerRouteSettings("B", 0);
  private static final RouteSettings NOTHING = new AnswerSettings(Kind.NULL, "");
  private static final McrouterHashSettings CH3 = McrouterHashSettings.of(McrouterHash.CH3);

  private static AllSettings all(Mode mode, RouteSettings... children) {
    return new AllSettings(mode, List.of(children));
  }

  private static FailoverSettings failover(FailoverOrder order, RouteSettings... children) {
    return new FailoverSettings(List.of(children), FailoverErrors.DEFAULT, order, null);
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        arguments("'NullRoute'", NOTHING),
        arguments("'DevNullRoute'", new AnswerSettings(Kind.DEV_NULL, "")),
        arguments("'ErrorRoute|a|b'", Handles.error("a|b")),
        arguments("{'type': 'ErrorRoute', 'response': 'text'}", Handles.error("text")),
        arguments("'PoolRoute|A'", A),
        arguments("{'type': 'PoolRoute', 'pool': 'A'}", A),
        arguments("{'type': 'PoolRoute', 'pool': {'name': 'A', 'servers': ['x:1']}}", A),
        arguments(
            "{'type': 'PoolRoute', 'pool': 'A', 'hash': {'hash_func': 'Crc32', 'salt': 's'}}",
            new PoolRouteSettings(
                "A", new McrouterHashSettings(McrouterHash.CRC32, "s", List.of(), List.of()))),
        arguments(
            "{'type': 'PoolRoute', 'pool': 'A', 'hash': {'hash_func': 'WeightedRendezvous',"
                + " 'tags': ['x', 'y'], 'weights': {'y': 0.25}}}",
            new PoolRouteSettings(
                "A",
                new McrouterHashSettings(
                    McrouterHash.WEIGHTED_RENDEZVOUS, "", List.of(0.5, 0.25), List.of("x", "y")))),
        arguments(
            "{'type': 'PoolRoute', 'pool': 'A', 'hash': {'hash_func': 'WeightedRendezvous',"
                + " 'tags': ['x', 'y'], 'weights': [1, 0.25]}}",
            new PoolRouteSettings(
                "A",
                new McrouterHashSettings(
                    McrouterHash.WEIGHTED_RENDEZVOUS, "", List.of(1.0, 0.25), List.of("x", "y")))),
        arguments("'AllSyncRoute|Pool|A'", all(Mode.SYNC, A0, A1)),
        arguments("'AllSyncRoute|PoolRoute|A'", A),
        arguments("'AllSyncRoute'", NOTHING),
        arguments("'AllAsyncRoute|PoolRoute|A'", all(Mode.ASYNC, A)),
        arguments("'AllFastestRoute|Pool|A'", all(Mode.FASTEST, A0, A1)),
        arguments("'AllInitialRoute|Pool|A'", all(Mode.INITIAL, A0, A1)),
        arguments("'AllMajorityRoute|Pool|A'", all(Mode.MAJORITY, A0, A1)),
        arguments(
            "{'type': 'AllSyncRoute', 'children': ['Pool|A', ['PoolRoute|B', 'Pool|B'], '']}",
            all(Mode.SYNC, A0, A1, B, B0)),
        arguments("'HashRoute|Pool|A'", new HashSettings(CH3, List.of(A0, A1))),
        arguments("'HashRoute|Pool|B'", B0),
        arguments("'HashRoute'", Handles.error("HashRoute with empty children")),
        arguments("{'type': 'HashRoute', 'error_on_empty': false}", NOTHING),
        arguments("'RandomRoute|Pool|A'", new RandomSettings(List.of(A0, A1))),
        arguments("'HostIdRoute|Pool|B'", B0),
        arguments("'LoadBalancerRoute|Pool|A'", new HashSettings(CH3, List.of(A0, A1))),
        arguments(
            "{'type': 'LoadBalancerRoute', 'algorithm': 'two-random-choices',"
                + " 'children': 'Pool|A'}",
            new RandomSettings(List.of(A0, A1))),
        arguments("'LatestRoute|Pool|B'", B0),
        arguments("'FailoverRoute|Pool|A'", failover(FailoverOrder.IN_ORDER, A0, A1)),
        arguments(
            "{'type': 'FailoverRoute', 'children': ['PoolRoute|A', 'PoolRoute|B'],"
                + " 'failover_policy': {'type': 'LeastFailuresPolicy', 'max_tries': 2}}",
            failover(new FailoverOrder.LeastFailures(2), A, B)),
        arguments(
            "{'type': 'FailoverRoute', 'children': ['PoolRoute|A', 'PoolRoute|B'],"
                + " 'failover_errors': ['timeout'], 'failover_limit': {'rate': 0.5}}",
            new FailoverSettings(
                List.of(A, B),
                new FailoverErrors(
                    Set.of(Result.TIMEOUT), Set.of(Result.TIMEOUT), Set.of(Result.TIMEOUT)),
                FailoverOrder.IN_ORDER,
                new FailoverSettings.Limit(0.5, 1000))),
        arguments(
            "{'type': 'FailoverWithExptimeRoute', 'normal': 'PoolRoute|A',"
                + " 'failover': 'PoolRoute|B'}",
            failover(
                FailoverOrder.IN_ORDER,
                A,
                new ModifyExpirySettings(B, 60, ModifyExpirySettings.Action.MIN))),
        arguments(
            "{'type': 'MissFailoverRoute', 'children': ['PoolRoute|A', 'PoolRoute|B'],"
                + " 'return_best_on_error': true}",
            new MissFailoverSettings(List.of(A, B), true)),
        arguments(
            "{'type': 'OperationSelectorRoute', 'default_policy': 'PoolRoute|A',"
                + " 'operation_policies': {'delete': 'PoolRoute|B', 'lease-get': 'NullRoute'}}",
            new OperationSettings(Map.of(Operation.DELETE, B), A)),
        arguments(
            "{'type': 'PrefixSelectorRoute', 'policies': {'a': 'PoolRoute|A'},"
                + " 'wildcard': 'PoolRoute|B'}",
            new PrefixSettings(Map.of("a", A), B)),
        arguments(
            "{'type': 'MigrateRoute', 'from': 'PoolRoute|A', 'to': 'PoolRoute|B',"
                + " 'start_time': 1500000000}",
            new MigrateSettings(A, B, 1_500_000_000, 3600)),
        arguments(
            "{'type': 'WarmUpRoute', 'cold': 'PoolRoute|A', 'warm': 'PoolRoute|B',"
                + " 'exptime': 10, 'enable_metaget': true}",
            new WarmUpSettings(A, B, 10, true)),
        arguments(
            "{'type': 'L1L2CacheRoute', 'l1': 'PoolRoute|A', 'l2': 'PoolRoute|B',"
                + " 'upgradingL1Exptime': 30}",
            new TwoLevelSettings(A, B, 30, 0, 0)),
        arguments(
            "{'type': 'L1L2SizeSplitRoute', 'l1': 'PoolRoute|A', 'l2': 'PoolRoute|B',"
                + " 'threshold': 100}",
            new SizeSplitSettings(A, B, 100, 0, 60, false, 1)),
        arguments(
            "{'type': 'StagingRoute', 'warm': 'PoolRoute|A', 'staging': 'PoolRoute|B'}",
            new StagingSettings(A, B)),
        arguments(
            "{'type': 'ShadowRoute', 'target': 'PoolRoute|A', 'shadows':"
                + " [{'target': 'PoolRoute|B', 'key_fraction_range': [0, 0.5]}]}",
            new ShadowSettings(A, List.of(new Shadow(B, 0, 0.5, null, 1)))),
        arguments(
            "{'type': 'BigValueRoute', 'target': 'PoolRoute|A', 'split_threshold': 1000}",
            new BigValueSettings(A, 1000, 10)),
        arguments(
            "{'type': 'ModifyExptimeRoute', 'target': 'PoolRoute|A', 'exptime': -1}",
            new ModifyExpirySettings(A, -1, ModifyExpirySettings.Action.SET)),
        arguments(
            "{'type': 'ModifyKeyRoute', 'target': 'PoolRoute|A', 'ensure_key_prefix': 'p'}",
            new ModifyKeySettings(A, "p", null, null, false)),
        arguments(
            "{'type': 'KeySplitRoute', 'destination': 'PoolRoute|A', 'replicas': 3}",
            new KeySplitSettings(A, 3, false, false)),
        arguments(
            "{'type': 'KeyParseRoute', 'target': 'PoolRoute|A', 'num_routing_parts': 2}",
            new KeyPartsSettings(A, 2, ':')),
        arguments(
            "{'type': 'HashStopAllowListRoute', 'target': 'PoolRoute|A', 'prefixes': ['p']}",
            new HashStopSettings(A, List.of("p"))),
        arguments(
            "{'type': 'PoolRoute', 'pool': 'A', 'shard_splits': {'123': 3}}",
            new ShardSplitSettings(A, Map.of("123", 3), true)),
        arguments(
            "{'type': 'PoolRoute', 'pool': 'A', 'rates': {'gets_rate': 5, 'gets_burst': 9}}",
            new RateLimitSettings(A, new Rate(5, 9), null, null, null)),
        arguments(
            "{'type': 'LatencyInjectionRoute', 'child': 'PoolRoute|A',"
                + " 'before_latency_ms': 5}",
            new LatencySettings(A, 5, 0, 0)),
        arguments(
            "{'type': 'BlackholeRoute', 'default': 'PoolRoute|A', 'policies': ['set']}",
            new BlackholeSettings(A, null, Set.of(Operation.SET))),
        arguments(
            "{'type': 'SlowWarmUpRoute', 'target': 'PoolRoute|A',"
                + " 'failoverTarget': 'PoolRoute|B'}",
            new SlowWarmUpSettings(A, B, 0.7, 0.9, 0.1, 1, 100)),
        arguments("'LoggingRoute|PoolRoute|A'", A));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void meansTheSameAsInMcrouter(String route, RouteSettings expected) {
    assertThat(Configs.route(read(route))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "'PoolRoute|C' # route: \"C\" (expected: a pool named under pools; there are A, B)",
        "'PolRoute|A' # route: \"PolRoute|A\" (expected: PoolRoute, perhaps)",
        "'x' # route: \"x\" (expected: Type, Type|rest as in PoolRoute|A, or the name of a handle"
            + " under named_handles)",
        "'Pool|A' # route: \"Pool|A\" (expected: one route, and not 2)",
        "5 # route: 5 (expected: a string)",
        "{'pool': 'A'} # route.type: not given (expected: the key in this object)",
        "{'type': 'PoolRoute'} # route.pool: not given (expected: the key in this object)",
        "{'type': 'Nothing'} # route.type: \"Nothing\" (expected: a type of route, such as"
            + " PoolRoute)",
        "'SRRoute|x' # route: \"SRRoute|x\" (expected: another type, as this one needs"
            + " infrastructure that only its makers have)",
        "{'type': 'PoolRoute', 'pool': 'A', 'hash': 'Md5'} # route.hash: \"Md5\" (expected: a hash"
            + " function: Ch3, WeightedCh3, Crc32, ConstShard, Rendezvous or WeightedRendezvous)",
        "{'type': 'PoolRoute', 'pool': 'A', 'hash': 'WeightedCh3'} # route.hash: \"WeightedCh3\""
            + " (expected: weights for WeightedCh3)",
        "{'type': 'WarmUpRoute', 'cold': 'PoolRoute|A'} # route.warm: not given (expected: the key"
            + " in this object)",
        "{'type': 'FailoverRoute', 'children': ['PoolRoute|A', 'PoolRoute|B'],"
            + " 'failover_errors': ['found']} # route.failover_errors[0]: \"found\" (expected: an"
            + " error, such as connect_error or timeout)",
      })
  void saysWhatIsWrongAndWhere(String route, String problem) {
    assertThatThrownBy(() -> read(route))
        .isInstanceOf(ConfigException.class)
        .message()
        .matches("f.json:\\d+:\\d+: (?s:.*)")
        .endsWith(": " + problem);
  }

  @Test
  void namedHandlesMayReferToEachOtherInAnyOrder() {
    String object =
        "'named_handles': {'x': 'y', 'y': {'type': 'PoolRoute', 'pool': 'A'}}, 'route': 'x'";
    String array =
        "'named_handles': [{'name': 'x', 'type': 'RandomRoute', 'children': ['y', 'PoolRoute|B']},"
            + " {'name': 'y', 'type': 'PoolRoute', 'pool': 'A'}], 'route': 'x'";

    assertThat(Configs.route(Configs.of(object))).isEqualTo(A);
    assertThat(Configs.route(Configs.of(array))).isEqualTo(new RandomSettings(List.of(A, B)));
  }

  @Test
  void aNamedHandleIsOneNodeHoweverOftenItIsUsed() {
    RouteSettings root =
        Configs.route(
            Configs.of(
                "'named_handles': {'x': {'type': 'RateLimitRoute', 'target': 'PoolRoute|A',"
                    + " 'rates': {}}}, 'route': {'type': 'RandomRoute', 'children': ['x', 'x']}"));

    List<RouteSettings> children = ((RandomSettings) root).children();
    assertThat(children.get(0)).isSameAs(children.get(1));
  }

  @Test
  void aNamedHandleThatLeadsToItselfIsRefused() {
    assertThatThrownBy(() -> Configs.of("'named_handles': {'x': 'y', 'y': 'x'}, 'route': 'x'"))
        .hasMessageContaining("named_handles.y: \"x\" (expected: a route that does not lead to")
        .isInstanceOf(ConfigException.class);
  }

  /** What {@code --as-mcrouter} makes of a route; the pool A has a spool. */
  static Stream<Arguments> uncorrected() {
    RouteSettings spoolAnswers = new SpoolAnswersSettings(A);
    return Stream.of(
        arguments("touched", "'AllSyncRoute|Pool|A'", touched(Mode.SYNC)),
        arguments("touched", "'AllMajorityRoute|Pool|A'", touched(Mode.MAJORITY)),
        arguments("touched", "'AllFastestRoute|Pool|A'", all(Mode.FASTEST, A0, A1)),
        arguments("touched", "'PoolRoute|A'", A),
        arguments("deletes", "'PoolRoute|A'", spoolAnswers),
        arguments("deletes", "{'type': 'PoolRoute', 'pool': 'A', 'asynclog': false}", A),
        arguments("deletes", "'FailoverRoute|Pool|A'", failover(FailoverOrder.IN_ORDER, A0, A1)),
        arguments(
            "warm-up",
            "{'type': 'WarmUpRoute', 'cold': 'PoolRoute|A', 'warm': 'PoolRoute|B'}",
            new WarmUpSettings(A, B, null, false)),
        arguments(
            "warm-up",
            "{'type': 'WarmUpRoute', 'cold': 'PoolRoute|A', 'warm': 'PoolRoute|B',"
                + " 'enable_metaget': true}",
            new WarmUpSettings(A, B, null, true)),
        arguments(
            "operations",
            "{'type': 'OperationSelectorRoute', 'operation_policies': {'get': 'PoolRoute|A'}}",
            new OperationSettings(Map.of(Operation.GET, A), null, true)),
        arguments(
            "all",
            "{'type': 'RoutingGroupRoute', 'routing_group_policies': {'delete_like':"
                + " 'PoolRoute|A'}}",
            new OperationSettings(Map.of(Operation.DELETE, spoolAnswers), null, true)));
  }

  private static RouteSettings touched(Mode mode) {
    return new AllSettings(mode, List.of(A0, A1), true);
  }

  @ParameterizedTest
  @MethodSource("uncorrected")
  void isAsInMcrouterWhenThatIsAskedFor(String off, String handle, RouteSettings route) {
    McrouterDefaults defaults = McrouterDefaults.DEFAULT.asMcrouter(Correction.list(off));

    McrouterConfig config = Configs.read(handle, defaults);

    assertThat(Configs.route(config)).isEqualTo(route);
    assertThat(config.warnings()).isEmpty();
  }
}
