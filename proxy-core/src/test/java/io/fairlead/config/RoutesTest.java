package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.Compositions;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final String POOLS =
      "pools: {main: {servers: [a, b]}, spare: {servers: [c]}, third: {servers: [d]}}\n";
  private static final RouteSettings MAIN = new PoolRouteSettings("main", null);
  private static final RouteSettings SPARE = new PoolRouteSettings("spare", null);

  @Test
  void defaultListenerServesTheOnlyRouteThatNoOtherLeadsTo() {
    ProxySettings settings =
        load(
            """
            routes:
              inner: { replicate: [main, spare], answer: fastest }
              web:
                by_prefix:
                  "s:": { failover: [inner, third], on: [timeout], limit: { rate: 0.1, burst: 100 } }
                  otherwise: inner
            """);

    assertThat(settings.listeners())
        .containsExactly(ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "web"));
    RouteSettings inner = new AllSettings(AllSettings.Mode.FASTEST, List.of(MAIN, SPARE));
    Set<Result> timeout = Set.of(Result.TIMEOUT);
    assertThat(settings.routes())
        .containsExactly(
            RouteTreeSettings.of(
                "web",
                new PrefixSettings(
                    Map.of(
                        "s:",
                        new FailoverSettings(
                            List.of(inner, new PoolRouteSettings("third", null)),
                            new FailoverErrors(timeout, timeout, timeout),
                            FailoverOrder.IN_ORDER,
                            new FailoverSettings.Limit(0.1, 100))),
                    inner)));
  }

  @Test
  void nameAndAnchorAreOneRouteHoweverOftenTheyAreUsed() {
    ProxySettings settings =
        load(
            """
            listeners: [{ address: /s, route: web }]
            routes:
              web:
                by_operation:
                  reads: { failover: [limited, &a { concurrency_limit: third, requests: 3 }] }
                  otherwise: { replicate: [limited, *a] }
              limited: { rate_limit: main, gets: 5 }
            """);

    assertThat(distinct(settings.routes().get(0).root(), OutstandingSettings.class)).isEqualTo(1);
    assertThat(distinct(settings.routes().get(0).root(), RouteSettings.class)).isEqualTo(7);
  }

  private static long distinct(RouteSettings root, Class<?> kind) {
    Set<RouteSettings> found = Collections.newSetFromMap(new IdentityHashMap<>());
    walk(root, found);
    return found.stream().filter(kind::isInstance).count();
  }

  private static void walk(RouteSettings route, Set<RouteSettings> found) {
    if (found.add(route)) {
      route.children().forEach(child -> walk(child, found));
    }
  }

  @Test
  void operationByItsNameCountsMoreThanItsGroup() {
    RouteSettings root = root("{ by_operation: { gets: spare, reads: main, otherwise: false } }");

    assertThat(root)
        .isEqualTo(
            new OperationSettings(
                Map.of(
                    Operation.GET, MAIN,
                    Operation.GETS, SPARE,
                    Operation.GAT, MAIN,
                    Operation.GATS, MAIN),
                null));
  }

  @Test
  void serversOfAPoolStandForAListOrInOne() {
    List<RouteSettings> servers =
        List.of(new ServerRouteSettings("main", 0), new ServerRouteSettings("main", 1));

    assertThat(root("{ random: { servers: main } }").children()).isEqualTo(servers);
    assertThat(root("{ random: [spare, { servers: main }] }").children())
        .containsExactly(SPARE, servers.get(0), servers.get(1));
    assertThat(root("{ server: b, of: main }")).isEqualTo(servers.get(1));
  }

  @Test
  void numberOfTheHostChoosesAtLoadTime() {
    List<RouteSettings> all = List.of(MAIN, SPARE, new PoolRouteSettings("third", null));

    FailoverSettings latest =
        (FailoverSettings) root("{ latest: [main, spare, third], count: 2, on: [timeout] }");

    assertThat(latest.children())
        .isEqualTo(Compositions.latest(all, 2, HostId.ofThisHost(), "", null));
    assertThat(latest.errors().gets()).containsExactly(Result.TIMEOUT);
    assertThat(root("{ by_host: [main, spare, third] }"))
        .isEqualTo(Compositions.ofHost(all, HostId.ofThisHost(), ""));
  }

  @Test
  void expiriesAreWholeSecondsWithAUnit() {
    ModifyExpirySettings.Action min = ModifyExpirySettings.Action.MIN;

    assertThat(root("{ expiry: main, at_most: 2d }"))
        .isEqualTo(new ModifyExpirySettings(MAIN, 172_800, min));
    assertThat(root("{ expiry: main, at_most: never }"))
        .isEqualTo(new ModifyExpirySettings(MAIN, 0, min));
    assertThat(root("{ expiry: main, set: -1s }"))
        .isEqualTo(new ModifyExpirySettings(MAIN, -1, ModifyExpirySettings.Action.SET));
    assertThat(root("{ warm_up: { cold: main, warm: spare }, keep_ttl: false }"))
        .isEqualTo(new WarmUpSettings(MAIN, SPARE, null, false));
  }

  @Test
  void clientsOfARouteGetItsReplies() {
    ProxySettings settings =
        load(
            """
            listeners: [{ address: /a, route: web }, { address: /b, route: strict }]
            routes:
              web: { failover: [main, spare], multiget_failure: miss, error_text: twemproxy }
              strict: { route: web, multiget_failure: error }
            """);

    RouteTreeSettings web = settings.routes().get(0);
    RouteTreeSettings strict = settings.routes().get(1);
    assertThat(web.replies())
        .isEqualTo(new ReplySettings(MultigetFailure.MISS, ErrorText.TWEMPROXY));
    assertThat(strict.replies())
        .isEqualTo(new ReplySettings(MultigetFailure.ERROR, ErrorText.NATIVE));
    assertThat(strict.root()).isSameAs(web.root());
  }

  @Test
  void warnsOfRoutesAndPoolsThatNoClientGetsTo() {
    LoadedConfig loaded =
        ConfigLoader.read(
            POOLS
                + """
                listeners: [{ address: /a, route: web }]
                routes:
                  web: { failover: [main, part] }
                  part: { pool: main, multiget_failure: error }
                  lost: { expiry: spare, set: 31d }
                """,
            "f.yaml");

    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:1:57: pools.third: unused (expected: a listener or a route that names this"
                + " pool)",
            "f.yaml:5:9: routes.part: multiget_failure, arithmetic_failure, error_text (expected:"
                + " none of them here, as clients get those of the route that a listener names)",
            "f.yaml:6:3: routes.lost: unused (expected: a listener or a route that leads to this"
                + " one)",
            "f.yaml:6:31: routes.lost.set: 31d (expected: 30d at most, as memcached takes more for"
                + " a date)");
  }

  @Test
  void writesSharedRoutesUnderNamesAndLongOnesOnSeveralLines() {
    ProxySettings settings =
        load(
            """
            routes:
              web:
                by_prefix:
                  "a:": { failover: [{ rate_limit: &s { concurrency_limit: main, requests: 9 }, gets: 10 }] }
                  "b:": { replicate: [*s, { servers: main }, spare], answer: none }
                  otherwise: false
            """);

    assertThat(ConfigWriter.render(settings))
        .contains(
            """
            routes:
              web:
                by_prefix:
                  "a:": { failover: [{ rate_limit: concurrency_limit, gets: 10 }] }
                  "b:": { replicate: [concurrency_limit, { servers: main }, spare], answer: none }
                  otherwise: false
                multiget_failure: partial
                arithmetic_failure: error
                error_text: native
              concurrency_limit: { concurrency_limit: main, requests: 9 }
            """);
  }

  @Test
  void writesDeepRoutesUnderNamesSoThatTheyCanBeRead() {
    RouteSettings route = MAIN;
    for (int i = 0; i < 60; i++) {
      route = OutstandingSettings.of(route, 1 + i);
    }
    ProxySettings settings =
        load("routes: { web: { miss: counted } }")
            .change()
            .routes(List.of(RouteTreeSettings.of("web", route)))
            .build();

    assertThat(ConfigLoader.parse(ConfigWriter.render(settings), "f.yaml")).isEqualTo(settings);
  }

  private static ProxySettings load(String yaml) {
    return ConfigLoader.parse(POOLS + yaml, "f.yaml");
  }

  private static RouteSettings root(String route) {
    return load("routes: { web: " + route + " }").routes().get(0).root();
  }
}
