package io.fairlead.server.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ReplySettings;
import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.faults.Servers;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that begin with {@code __mcrouter__.}, asked at a proxy in front of real servers. */
@ExtendWith(LeakCheck.class)
class KeysIT {
  private static Servers servers;

  @BeforeAll
  static void startServers() {
    servers = new Servers(2);
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  private static String host(int server) {
    return "127.0.0.1:" + servers.ports().get(server);
  }

  private static String yaml(String more) {
    return "listeners: [{address: '127.0.0.1:0', pool: A, introspection: mcrouter"
        + more
        + "}]\nadmin: false\n"
        + "pools: {A: {distribution: ch3, timeout: 1s, servers: ["
        + host(0)
        + ", "
        + host(1)
        + "]}}\n";
  }

  private static IntrospectedProxy tree(RouteSettings root) {
    ProxySettings settings = ConfigLoader.parse(yaml(""), "f.yaml");
    ReplySettings replies = new ReplySettings(MultigetFailure.PARTIAL, ErrorText.NATIVE);
    ProxySettings routed =
        ProxySettings.of(
                List.of(settings.listeners().get(0).change().target("tree").build()),
                settings.pools())
            .threads(settings.threads())
            .limits(settings.limits())
            .version(settings.version())
            .routes(List.of(new RouteTreeSettings("tree", root, replies)))
            .build();
    return IntrospectedProxy.of(routed, ConfigFacts.none());
  }

  /** What is recorded of mcrouter, with this program's version in the place of its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get __mcrouter__.version               | VALUE __mcrouter__.version 0 10/fairlead-1/END/
          get __mcrouter__.foo                   | VALUE __mcrouter__.foo 0 27/ERROR: unknown command: foo/END/
          get __mcrouter__.                      | VALUE __mcrouter__. 0 24/ERROR: unknown command: /END/
          gets __mcrouter__.version              | END/
          get __mcrouter__.config_file           | VALUE __mcrouter__.config_file 0 28/ERROR: no config file found!/END/
          get __mcrouter__.version k __mcrouter__.config_file | VALUE __mcrouter__.version 0 10/fairlead-1/VALUE __mcrouter__.config_file 0 28/ERROR: no config file found!/END/
          get __mcrouter__.route(frob,k)         | VALUE __mcrouter__.route(frob,k) 0 34/ERROR: route: unknown request frob/END/
          get __mcrouter__.options(nope)         | VALUE __mcrouter__.options(nope) 0 37/ERROR: options: option nope not found/END/
          stats reset                            | CLIENT_ERROR bad stats command/
          stats bogus                            | CLIENT_ERROR bad stats command/
          stats items                            | CLIENT_ERROR bad stats command/
          stats detail                           | CLIENT_ERROR bad stats command/
          stats all foo                          | CLIENT_ERROR bad stats command/
          stats version                          | STAT mcrouter-version fairlead-1/END/
          stats suspect_servers                  | END/
          version                                | VERSION 1.6.18/
          """)
  void answersAsRecorded(String request, String reply) {
    try (IntrospectedProxy proxy =
        IntrospectedProxy.of(ConfigLoader.parse(yaml(""), "f.yaml"), ConfigFacts.none())) {
      proxy.client().send(request + "\r\n").expect(reply.replace("/", "\r\n"));
    }
  }

  @Test
  void theRouteOfAPoolIsTheServerThatHasTheKey() {
    try (IntrospectedProxy proxy = IntrospectedProxy.of(yaml(""))) {
      for (int i = 0; i < 40; i++) {
        String key = "key" + i;
        proxy.client().send("set " + key + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
        int owner = servers.values(key).get(0).equals("-") ? 1 : 0;

        assertThat(proxy.value("route(get," + key + ")")).isEqualTo(host(owner));
        assertThat(proxy.value("route_handles(set," + key + ")"))
            .isEqualTo(
                "asynclog:A\n selection|hash|Ch3\n  host|pool=A|id="
                    + owner
                    + "|ap="
                    + host(owner)
                    + ":ascii:plain:notcompressed|timeout=1000ms");
      }
    }
  }

  @Test
  void theRouteOfAllSyncIsEveryServerInOrder() {
    RouteSettings root =
        new AllSettings(
            AllSettings.Mode.SYNC,
            List.of(new PoolRouteSettings("A", null), new PoolRouteSettings("A", null)));
    try (IntrospectedProxy proxy = tree(root)) {
      String owner = proxy.value("route(get,k,with,commas)").split("\r\n", -1)[0];

      assertThat(proxy.value("route(get,k,with,commas)")).isEqualTo(owner + "\r\n" + owner);
      assertThat(proxy.value("route_handles(get,k)"))
          .startsWith("root\n all-sync\n  asynclog:A\n   selection|hash|Ch3\n    host|pool=A|id=")
          .hasLineCount(8);
    }
  }

  @Test
  void theRouteOfAPrefixIsThatOfItsKeys() {
    RouteSettings pool = new PoolRouteSettings("A", null);
    RouteSettings twice = new AllSettings(AllSettings.Mode.SYNC, List.of(pool, pool));
    RouteSettings root = new PrefixSettings(Map.of("b:", twice), pool);
    try (IntrospectedProxy proxy = tree(root)) {
      assertThat(proxy.value("route(get,k)").lines()).hasSize(1);
      assertThat(proxy.value("route(get,b:k)").lines()).hasSize(2);
    }
  }

  @Test
  void answersWithoutServers() {
    servers.freeze(0);
    servers.freeze(1);
    try (IntrospectedProxy proxy = IntrospectedProxy.of(yaml(""))) {
      assertThat(proxy.value("pools")).isEqualTo("A");
    } finally {
      servers.thaw(0);
      servers.thaw(1);
    }
  }

  @Test
  void tellsOfTheConfiguration() {
    String yaml = yaml("");
    try (IntrospectedProxy proxy = IntrospectedProxy.of(yaml)) {
      assertThat(proxy.value("config")).isEqualTo(yaml);
      assertThat(proxy.value("config_file")).isEqualTo(IntrospectedProxy.FILE.toString());
      assertThat(proxy.value("config_md5_digest")).matches("[0-9a-f]{32}");
      assertThat(proxy.value("config_sources_info"))
          .isEqualTo(
              "{\n  \"/etc/fairlead.yaml\": \"" + proxy.value("config_md5_digest") + "\"\n}");
      assertThat(proxy.value("preprocessed_config")).startsWith("ERROR: ");
      assertThat(proxy.value("config_age")).matches("[0-9]+");
      assertThat(proxy.value("hostid")).isEqualTo("4711");
      assertThat(proxy.value("options")).isEqualTo("num_proxies 1\nroute_prefix /././");
      assertThat(proxy.value("options(route_prefix)")).isEqualTo("/././");
      assertThat(proxy.value("options(a,b)")).isEqualTo("ERROR: options: 0 or 1 args expected");
      assertThat(proxy.value("route(get)")).isEqualTo("ERROR: route: 2 args expected");
      assertThat(proxy.value("route(get,)")).startsWith("ERROR: route: a key expected");
      assertThat(proxy.value("get_bucket(k)")).startsWith("ERROR: get_bucket: ");
    }
  }

  @Test
  void tellsOfAConfigurationThatIsLoadedLater() {
    try (IntrospectedProxy proxy = IntrospectedProxy.of(yaml(""))) {
      proxy.introspection.onLoadFailed();
      proxy.introspection.onLoaded(
          new ConfigFacts(null, "{}", "{\n}\n", new TreeMap<>(), "d", Instant.now()));

      assertThat(proxy.value("config")).isEqualTo("{}");
      assertThat(proxy.value("preprocessed_config")).isEqualTo("{\n}");
      assertThat(proxy.value("config_md5_digest")).isEqualTo("d");
      assertThat(ExporterModel.stats(proxy.client(), "all")).containsEntry("config_failures", "1");
    }
  }

  @Test
  void verbosityIsToldAndSet() {
    try (IntrospectedProxy proxy = IntrospectedProxy.of(yaml(""))) {
      assertThat(proxy.value("verbosity")).isEqualTo("0");
      assertThat(proxy.value("verbosity(2)")).isEqualTo("0 -> 2");
      assertThat(proxy.level.level()).isEqualTo(2);
      assertThat(proxy.value("verbosity(x)")).startsWith("ERROR: ");
    }
  }

  @Test
  void keysOfTheProxyAndOfServersMayBeMixed() {
    servers.store(0, "k", "v");
    servers.store(1, "k", "v");
    try (IntrospectedProxy proxy = IntrospectedProxy.of(yaml(""))) {
      proxy
          .client()
          .send("get k __mcrouter__.pools nothing k\r\n")
          .expect(
              "VALUE k 0 1/v/VALUE __mcrouter__.pools 0 1/A/VALUE k 0 1/v/END/"
                  .replace("/", "\r\n"));
    }
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.0/24, false", "127.0.0.1, true"})
  void onlyThoseWhoMayAskAreAnswered(String range, boolean may) {
    String yaml = yaml(", introspection_from: [" + range + "]");
    try (IntrospectedProxy proxy = IntrospectedProxy.of(yaml)) {
      RawClient client = proxy.client();
      String reply = client.send("get __mcrouter__.version\r\n").readThrough("END\r\n");
      String stats = client.send("stats\r\n").readThrough("END\r\n");

      assertThat(reply.equals("END\r\n")).isEqualTo(!may);
      assertThat(stats.contains("num_servers_up")).isEqualTo(may);
      assertThat(stats.contains("curr_connections")).isEqualTo(!may);
    }
  }
}
