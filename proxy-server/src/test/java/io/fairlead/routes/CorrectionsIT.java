package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ConfigWriter;
import io.fairlead.config.Correction;
import io.fairlead.config.ProxySettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done better than mcrouter does it, and the same as mcrouter does it. */
@ExtendWith(LeakCheck.class)
class CorrectionsIT {
  private static final String CORRECTED = "";
  private static final String BOTH = "AllSyncRoute|Pool|both";
  private static final String FAILOVER =
      "{'type': 'FailoverRoute', 'children': ['PoolRoute|A', 'PoolRoute|B']}";
  private static final String FAILOVER_OF_SERVERS =
      "{'type': 'FailoverRoute', 'children': 'Pool|both'}";
  private static final String WARM_UP =
      "{'type': 'WarmUpRoute', 'cold': 'PoolRoute|A', 'warm': 'PoolRoute|B'}";
  private static final String WITH_METAGET =
      "{'type': 'WarmUpRoute', 'cold': 'PoolRoute|A', 'warm': 'PoolRoute|B',"
          + " 'enable_metaget': true}";
  private static final String SELECTOR =
      "{'type': 'OperationSelectorRoute', 'operation_policies': {'set': 'PoolRoute|A'}}";
  private static final String CLEAR =
      "SERVER_ERROR no route for this operation: give it one, or a default";
  private static final String UNEXPECTED = "SERVER_ERROR unexpected result mc_res_unknown (0) for ";

  @RegisterExtension static final Servers servers = new Servers(2);

  @TempDir private Path folder;

  /** How the routes are written that the proxy has. */
  enum Form {
    JSON,
    CONVERTED
  }

  static Stream<Arguments> cases() {
    return Stream.of(
            // which corrections are off, the route, what the servers have, the request, its reply,
            // what they have then; an x is a dead server, a dash no value
            List.of(CORRECTED, BOTH, "v;x", "touch k 100", "SERVER_ERROR", "v;x"),
            List.of("touched", BOTH, "v;x", "touch k 100", "TOUCHED", "v;x"),
            List.of("deletes", BOTH, "v;x", "touch k 100", "SERVER_ERROR", "v;x"),
            List.of("touched", BOTH, "v;-", "touch k 100", "TOUCHED", "v;-"),
            List.of(CORRECTED, BOTH, "v;-", "touch k 100", "NOT_FOUND", "v;-"),
            List.of(CORRECTED, FAILOVER, "x;v", "delete k", "DELETED", "x;-"),
            List.of("deletes", FAILOVER, "x;v", "delete k", "NOT_FOUND", "x;v"),
            List.of("touched", FAILOVER, "x;v", "delete k", "DELETED", "x;-"),
            List.of(CORRECTED, FAILOVER, "x;v", "md k", "HD", "x;-"),
            List.of("deletes", FAILOVER, "x;v", "md k", "NF", "x;v"),
            List.of("all", FAILOVER, "v;v", "delete k", "DELETED", "-;v"),
            List.of("deletes", FAILOVER, "x;v", "get k", "VALUE k 0 1/v/END", "x;v"),
            List.of("deletes", FAILOVER, "x;v", "set k 0 0 1/w", "STORED", "x;w"),
            List.of("deletes", FAILOVER_OF_SERVERS, "x;v", "delete k", "DELETED", "x;-"),
            List.of(CORRECTED, SELECTOR, "v;v", "touch k 1", CLEAR, "v;v"),
            List.of("operations", SELECTOR, "v;v", "touch k 1", UNEXPECTED + "touch", "v;v"),
            List.of(CORRECTED, SELECTOR, "v;v", "gets k", CLEAR, "v;v"),
            List.of("operations", SELECTOR, "v;v", "gets k", UNEXPECTED + "get", "v;v"),
            List.of("operations", SELECTOR, "v;v", "gat 1 k", UNEXPECTED + "get", "v;v"),
            List.of("all", SELECTOR, "v;v", "incr k 1", UNEXPECTED + "incr", "v;v"),
            List.of("all", SELECTOR, "v;v", "mg k v", UNEXPECTED + "get", "v;v"),
            List.of("all", SELECTOR, "v;v", "set k 0 0 1/w", "STORED", "w;v"))
        .flatMap(row -> Stream.of(Form.values()).map(form -> with(form, row)));
  }

  private static Arguments with(Form form, List<String> row) {
    return arguments(form, row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answers(
      Form form,
      String off,
      String route,
      String before,
      String request,
      String reply,
      String after)
      throws Exception {
    servers.prepare("k", List.of(before.split(";", -1)));
    try (TestProxy proxy = start(form, route, off)) {
      assertThat(Servers.reply(proxy.client(), request)).startsWith(reply);
      assertThat(String.join(";", servers.values("k"))).isEqualTo(after);
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void copiesOfAWarmCacheExpireAsTheOriginalOrNever(Form form) throws Exception {
    assertThat(ttlOfCopy(form, WARM_UP, CORRECTED)).isBetween(90, 100);
    assertThat(ttlOfCopy(form, WARM_UP, "warm-up")).isEqualTo(-1);
    assertThat(ttlOfCopy(form, WITH_METAGET, "all")).isBetween(90, 100);
  }

  private int ttlOfCopy(Form form, String route, String off) throws Exception {
    servers.reset();
    servers.on(1, "set k 0 100 1/v");
    try (TestProxy proxy = start(form, route, off)) {
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("VALUE k 0 1/v/END");
      Await.until("the value is copied", () -> servers.on(0, "mg k t").startsWith("HD t"));
      return Integer.parseInt(servers.on(0, "mg k t").substring("HD t".length()));
    }
  }

  /** With a spool, which has taken the delete; the server that is back is told of it. */
  @Test
  void aDeleteThatStaysIsToldToItsServerLater() throws Exception {
    servers.prepare("k", List.of("v", "v"));
    servers.freeze(0);
    try (TestProxy proxy = start(Form.JSON, FAILOVER, "deletes", "--server-timeout=200")) {
      assertThat(Servers.reply(proxy.client(), "delete k")).isEqualTo("NOT_FOUND");
      servers.thaw(0);
      Await.until("it is told", () -> servers.values("k").equals(List.of("-", "v")));
    }
  }

  /** mcrouter fails deletes over when it has no spool. */
  @Test
  void withoutASpoolDeletesFailOverEitherWay() throws Exception {
    servers.prepare("k", List.of("x", "v"));
    try (TestProxy proxy = start(Form.JSON, FAILOVER, "deletes", "--asynclog-disable")) {
      assertThat(Servers.reply(proxy.client(), "delete k")).isEqualTo("DELETED");
    }
  }

  @Test
  void allMeansEveryOne() {
    assertThat(Correction.list("all")).containsExactly(Correction.values());
    assertThat(Correction.list(" deletes, warm-up"))
        .containsExactly(Correction.DELETES, Correction.WARM_UP);
  }

  private TestProxy start(Form form, String route, String off, String... more) throws Exception {
    String json =
        """
        {'pools': {
          'A': {'servers': ['10.0.0.1:11211']},
          'B': {'servers': ['10.0.0.2:11211']},
          'both': {'servers': ['10.0.0.1:11211', '10.0.0.2:11211']}},
         'route': %s}
        """
            .formatted(route.startsWith("{") ? route : "'" + route + "'")
            .replace('\'', '"');
    List<String> options =
        Stream.concat(Stream.of("--as-mcrouter=" + off), Stream.of(more)).toList();
    ProxySettings settings =
        McrouterProxy.settings(json, servers.ports(), folder, options.toArray(String[]::new));
    ProxySettings same =
        form == Form.JSON
            ? settings
            : ConfigLoader.parse(ConfigWriter.render(settings), "converted.yaml");
    return new TestProxy(Proxy.start(same), servers.ports().size());
  }
}
