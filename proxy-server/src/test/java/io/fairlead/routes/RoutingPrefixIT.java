package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys with a routing prefix, of which each means one of four servers or several. */
@ExtendWith(LeakCheck.class)
class RoutingPrefixIT {
  @RegisterExtension static final Servers servers = new Servers(4);

  /** {@code east/two} and {@code east/three} are one route. */
  private static RoutingPrefixSettings prefixes(boolean unknownIsUsual) {
    List<RouteSettings> pools = RouteSetup.pools(4);
    Map<String, RouteSettings> routes = new LinkedHashMap<>();
    routes.put("/east/one/", pools.get(0));
    routes.put("/west/one/", pools.get(1));
    routes.put("/east/two/", pools.get(2));
    routes.put("/east/three/", pools.get(2));
    routes.put("/west/fallback/", pools.get(3));
    return new RoutingPrefixSettings(routes, "/west/one/", unknownIsUsual);
  }

  private static TestProxy start() {
    return new RouteSetup(servers.ports()).start(prefixes(false));
  }

  @ParameterizedTest
  @CsvSource({
    // the key, which servers have it then, under which key
    "k,                    1,       k",
    "/west/one/k,          1,       k",
    "/east/one/k,          0,       k",
    "/east/three/k,        2,       k",
    "/west/nine/k,         3,       k",
    "/west/fallback/k,     3,       k",
    "/*/*/k,               0;1;2;3, k",
    "/east/*/k,            0;2,     k",
    "/*/one/k,             0;1,     k",
    "/*st/t*/k,            2,       k",
    "/e*/*e/k,             0;2,     k",
    "/east/*ne/k,          0,       k",
    "/west,                1,       /west",
    "/west/one,            1,       /west/one",
    "//k,                  1,       //k",
    "/east/one//k,         0,       /k",
    "/east/one/west/two/k, 0,       west/two/k",
    "/east/one/|#|x,       0,       |#|x",
  })
  void aStoreGoesWhereThePrefixPoints(String key, String where, String sent) {
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();

      client.send("set " + key + " 0 0 1\r\nx\r\n").expect("STORED\r\n");

      client.send("get " + key + "\r\n").expect("VALUE " + key + " 0 1\r\nx\r\nEND\r\n");
      client.send("mg " + key + " k v\r\n").expect("VA 1 k" + key + "\r\nx\r\n");
      for (int i = 0; i < 4; i++) {
        boolean expected = List.of(where.split(";", -1)).contains(Integer.toString(i));
        awaitValue(i, sent, expected);
      }
    }
  }

  /** Stores behind the first one go on in the background. */
  private static void awaitValue(int server, String key, boolean present) {
    String reply = present ? "VALUE " + key + " 0 1\r\nx\r\nEND\r\n" : "END\r\n";
    Await.until(
        "server " + server + " has it or not",
        () -> {
          try (RawClient direct = RawClient.connect(servers.ports().get(server))) {
            return direct.send("get " + key + "\r\n").readThrough("END\r\n").equals(reply);
          }
        });
  }

  @Test
  void theClientGetsTheReplyOfTheUsualRouteFirst() {
    servers.store(0, "k", "east");
    servers.store(1, "k", "west");
    servers.store(2, "k", "two");
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();

      client.send("get /*/*/k\r\n").expect("VALUE /*/*/k 0 4\r\nwest\r\nEND\r\n");
      client.send("get /east/*/k\r\n").expect("VALUE /east/*/k 0 4\r\neast\r\nEND\r\n");
      client.send("delete /east/t*/k\r\n").expect("DELETED\r\n");
      client.send("delete /*/*/k\r\n").expect("DELETED\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/north/one/k", "/east/nine/k", "/n*/*/k", "/east/f*/k"})
  void aPrefixWithoutARouteIsAnErrorOrTheUsualOne(String key) {
    try (TestProxy strict = start();
        TestProxy tolerant = new RouteSetup(servers.ports()).start(prefixes(true))) {
      RawClient client = strict.client();
      client.send("get " + key + "\r\n").expect("SERVER_ERROR RootRoute: No rh found\r\n");
      client.send("gets " + key + "\r\n").expect("SERVER_ERROR RootRoute: No rh found\r\n");
      client.send("delete " + key + "\r\n").expect("SERVER_ERROR RootRoute: No rh found\r\n");
      client.send("set " + key + " 0 0 1\r\nx\r\nversion\r\n");
      client.expect("SERVER_ERROR RootRoute: No rh found\r\nVERSION ").readLine();
      String value = "v".repeat(100_000);
      client.send("set " + key + " 0 0 100000\r\n" + value + "\r\nmn\r\n");
      client.expect("SERVER_ERROR RootRoute: No rh found\r\nMN\r\n");

      tolerant.client().send("set " + key + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
      assertThat(servers.values("k")).containsExactly("-", "x", "-", "-");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set %s 0 0 1\r\nx\r\n",
        "set %s 0 0 0\r\n\r\n",
        "cas %s 0 0 1 5\r\nx\r\n",
        "ms %s 1\r\nx\r\n",
        "get %s\r\n",
        "get  %s \r\n",
        "gets %s\r\n",
        "gat 0 %s\r\n",
        "mg %s v k\r\n",
        "delete %s\r\n",
        "incr %s 1\r\n",
        "touch %s 1\r\n",
        "ma %s\r\n",
        "md %s q\r\n",
        "mg L2Vhc3Qvb25lLw== b v\r\n",
      })
  void aPrefixWithoutAKeyIsTheClientsMistake(String request) {
    for (String key : List.of("/east/one/", "/west/one/", "/*/*/", "///")) {
      try (TestProxy proxy = start()) {
        RawClient client = proxy.client();

        client.send(request.replace("%s", key) + "set k 0 0 1\r\nx\r\n");

        client.expect("CLIENT_ERROR bad key\r\nSTORED\r\n");
      }
    }
  }

  @Test
  void aLargeValueWithoutAKeyIsSwallowed() {
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();
      String value = "v".repeat(300_000) + "\r\n";

      client.send("set /east/one/ 0 0 300000\r\n" + value + "version\r\n");
      client.expect("CLIENT_ERROR bad key\r\nVERSION ").readLine();
      client.send("set /*/*/ 0 0 300000\r\n" + value + "get k\r\n");
      client.expect("CLIENT_ERROR bad key\r\nEND\r\n");
    }
  }

  @Test
  void noreplyHidesThatAKeyIsMissing() {
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();

      client.send("set /east/one/ 0 0 1 noreply\r\nx\r\ndelete /a/b/ noreply\r\nget k\r\n");

      client.expect("END\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource(MultigetFailure.class)
  void ofSeveralKeysOneWithoutAKeyFails(MultigetFailure policy) {
    servers.store(1, "k", "x");
    try (TestProxy proxy =
        new RouteSetup(servers.ports()).multigetFailure(policy).start(prefixes(false))) {
      String expected =
          policy == MultigetFailure.ERROR
              ? "CLIENT_ERROR bad key\r\n"
              : "VALUE k 0 1\r\nx\r\nEND\r\n";

      proxy.client().send("get k /east/one/ nono\r\n").expect(expected);
      proxy.client().send("get /east/one/\r\n").expect("CLIENT_ERROR bad key\r\n");
    }
  }

  @Test
  void theLongestKeyCountsWithItsPrefix() {
    try (TestProxy proxy = start()) {
      String longest = "/east/one/" + "k".repeat(240);
      RawClient client = proxy.client();

      client.send("set " + longest + " 0 0 1\r\nx\r\nget " + longest + "\r\n");
      client.expect("STORED\r\nVALUE " + longest + " 0 1\r\nx\r\nEND\r\n");
      client.send("get " + longest + "k\r\n").expect("CLIENT_ERROR bad command line format\r\n");
    }
  }

  @Test
  void severalKeysOfOneRequestGoSeveralWays() {
    servers.store(0, "a", "east");
    servers.store(1, "a", "west");
    servers.store(2, "b", "two");
    try (TestProxy proxy = start()) {
      proxy
          .client()
          .send("gets\r\nget a /east/one/a /east/two/b /*/*/a b\r\n")
          .expect("ERROR\r\n")
          .expect("VALUE a 0 4\r\nwest\r\nVALUE /east/one/a 0 4\r\neast\r\n")
          .expect("VALUE /east/two/b 0 3\r\ntwo\r\nVALUE /*/*/a 0 4\r\nwest\r\nEND\r\n");
    }
  }

  @Test
  void largeValuesPassBothWays() {
    String value = "v".repeat(300_000);
    String stored = " 0 300000\r\n" + value + "\r\n";
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();

      client.send("set /east/one/k" + stored.replace(" 0 3", " 0 0 3")).expect("STORED\r\n");
      client.send("get /east/one/k\r\n").expect("VALUE /east/one/k" + stored + "END\r\n");
      client.send("set /*/*/m" + stored.replace(" 0 3", " 0 0 3")).expect("STORED\r\n");
      client.send("get /*/*/m\r\n").expect("VALUE /*/*/m" + stored + "END\r\n");
      client.send("get m\r\n").expect("VALUE m" + stored + "END\r\n");
      client.send("mg /east/two/m s k\r\n").expect("HD s300000 k/east/two/m\r\n");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    List<String> prefixes = List.of("", "/east/one/", "/west/nine/", "/east/two/");
    for (int i = 0; i < 50; i++) {
      String key = prefixes.get(i % 4) + "k" + i % 3;
      requests.append("set " + key + " 0 0 2\r\n" + (10 + i) + "\r\nget " + key + "\r\n");
      replies.append("STORED\r\nVALUE " + key + " 0 2\r\n" + (10 + i) + "\r\nEND\r\n");
    }
    try (TestProxy proxy = start()) {
      proxy.client().send(requests.toString()).expect(replies.toString());
    }
  }

  @Test
  void aDeadServerFailsItsOwnPrefixOnly() {
    try (TestProxy proxy = start()) {
      RawClient client = proxy.client();
      servers.kill(0);

      client.send("get /east/one/k\r\n");
      assertThat(client.readLine()).startsWith("SERVER_ERROR server ");
      client.send("get k /east/two/k\r\n").expect("END\r\n");
      client.send("get /*/*/k\r\n").expect("END\r\n");
    }
  }

  @Test
  void aPoolMayBeGivenThePrefixAgain() {
    RouteSettings pool = RouteSetup.pool(0);
    RouteSettings keeps = new ModifyKeySettings(pool, "/a/b/", null, null, null, false);
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .start(new RoutingPrefixSettings(Map.of("/a/b/", keeps), pool, "/a/b/", false))) {
      RawClient client = proxy.client();

      client.send("set /a/b/k 0 0 1\r\nx\r\nget /a/b/k k\r\n");
      client.expect("STORED\r\nVALUE /a/b/k 0 1\r\nx\r\nEND\r\n");
      try (RawClient direct = RawClient.connect(servers.ports().get(0))) {
        direct.send("get /a/b/k k\r\n").expect("VALUE /a/b/k 0 1\r\nx\r\nEND\r\n");
      }
      client.send("set k 0 0 1\r\ny\r\nget k\r\n");
      client.expect("STORED\r\nVALUE k 0 1\r\ny\r\nEND\r\n");
    }
  }
}
