package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that go on with other keys. */
@ExtendWith(LeakCheck.class)
class ModifyKeyIT {
  @RegisterExtension static final Servers servers = new Servers(1);

  /** An empty cell stands for what is not configured. */
  @ParameterizedTest
  @CsvSource({
    // ensured, replaced, suffix, in place, the key, the key on the server
    "a:, ,   ,    false, k,      a:k",
    "a:, ,   ,    false, a:k,    a:k",
    "a:, b:, ,    false, b:k,    a:k",
    "a:, b:, ,    false, c:k,    a:c:k",
    "a:, b:, ,    false, a:k,    a:k",
    ",   b:, ,    false, b:k,    k",
    ",   ,   :s,  false, k,      k:s",
    "a:, ,   :s,  false, a:k,    a:k:s",
    ",   ,   :s,  false, k|#|t,  k|#|t:s",
    "a:, ,   ,    true,  xxk,    a:k",
    "a:, ,   ,    true,  a:k,    a:k",
    "a:, ,   ,    true,  xx,     a:",
    "a:, ,   ,    true,  k,      a:k",
  })
  void theServerSeesAnotherKeyAndTheClientItsOwn(
      @Nullable String ensure,
      @Nullable String replace,
      @Nullable String suffix,
      boolean inPlace,
      String key,
      String sent) {
    ModifyKeySettings settings =
        new ModifyKeySettings(RouteSetup.pool(0), ensure, replace, suffix, inPlace);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(settings)) {
      RawClient client = proxy.client();

      assertThat(Servers.reply(client, "set " + key + " 5 0 3/abc")).isEqualTo("STORED");

      assertThat(servers.on(0, "get " + sent).replace("/abc", "(abc)"))
          .isEqualTo("VALUE " + sent + " 5 3(abc)/END");
      assertThat(Servers.reply(client, "get " + key).replace("/abc", "(abc)"))
          .isEqualTo("VALUE " + key + " 5 3(abc)/END");
      assertThat(Servers.reply(client, "mg " + key + " k v Oq").replace("/abc", "(abc)"))
          .isEqualTo("VA 3 k" + key + " Oq(abc)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "add k 0 0 1/n,        STORED,                      n",
    "append old 0 0 1/n,   STORED,                      -",
    "incr one 5,           6,                           -",
    "touch old 100,        TOUCHED,                     -",
    "touch k 100,          NOT_FOUND,                   -",
    "delete old,           DELETED,                     -",
    "delete k,             NOT_FOUND,                   -",
    "gat 0 old,            VALUE old 0 1/o/END,         -",
    "get old k one,        VALUE old 0 1/o/VALUE one 0 1/1/END, -",
    "get k,                END,                         -",
    "ms k 1 k Oz/n,        HD kk Oz,                    n",
    "ms aw== 1 b k/n,      HD kaw== b,                  n",
    "ms k 1 q/n,           '',                          n",
    "md nono k Oz,         NF knono Oz,                 -",
    "md b2xk k b,          HD kb2xk b,                  -",
    "ma one k v,           VA 1 kone/2,                 -",
    "mg old k s q,         HD kold s1,                  -",
    "mg nono k v,          EN knono,                    -",
    "mg b2xk b k v,        VA 1 kold/o,                 -",
    "me nono,              EN,                          -",
  })
  void everyOperationFindsItsKey(String request, String reply, String afterwards) {
    servers.store(0, "a:old", "o");
    servers.store(0, "a:one", "1");
    try (TestProxy proxy = prefixed("a:")) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.values("a:k")).containsExactly(afterwards);
    }
  }

  @Test
  void aKeyThatWasStoredInBase64ComesBackInBase64() {
    try (TestProxy proxy = prefixed("a:")) {
      RawClient client = proxy.client();

      assertThat(Servers.reply(client, "ms AQI= 1 b/x")).isEqualTo("HD");
      assertThat(Servers.reply(client, "mg AQI= b k v")).isEqualTo("VA 1 kAQI= b/x");
      assertThat(Servers.reply(client, "me AQI= b")).startsWith("ME AQI= exp=-1");
      assertThat(servers.on(0, "mg YToBAg== b k v")).isEqualTo("VA 1 kYToBAg== b/x");
    }
  }

  @Test
  void showsTheOwnKeyToWhoeverLooksAtTheItem() {
    servers.store(0, "a:k", "x");
    try (TestProxy proxy = prefixed("a:")) {
      assertThat(Servers.reply(proxy.client(), "me k")).startsWith("ME k exp=-1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "get %s,           1",
    "gets %s,          1",
    "gat 0 %s,         1",
    "set %s 0 0 1/x,   1",
    "delete %s,        1",
    "incr %s 1,        1",
    "mg %s v,          1",
    "ms %s 1/x,        1",
    "set %s 0 0 100000/, 100000",
  })
  void refusesAKeyThatBecomesTooLong(String request, int value) {
    String key = "k".repeat(249);
    String filled = value == 1 ? request : request + "x".repeat(value);
    try (TestProxy proxy = prefixed("a:")) {
      RawClient client = proxy.client();

      assertThat(Servers.reply(client, filled.replace("%s", key)))
          .isEqualTo("SERVER_ERROR ModifyKeyRoute: invalid key: empty, or longer than 250 bytes");
      assertThat(Servers.reply(client, "set k 0 0 1/x")).isEqualTo("STORED");
      assertThat(proxy.isUp(0)).isTrue();
    }
  }

  @Test
  void aRoutingPrefixComesBeforeAllElse() {
    ModifyKeySettings settings =
        new ModifyKeySettings(RouteSetup.pool(0), "/r/c/", "a:", null, ":s", false);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(settings)) {
      RawClient client = proxy.client();

      client.send("set /r/c/k 0 0 1\r\nx\r\nget /r/c/k\r\n");

      client.expect("STORED\r\nVALUE /r/c/k 0 1\r\nx\r\nEND\r\n");
      client.send("get k\r\n").expect("END\r\n");
      client.send("set k 0 0 1\r\ny\r\nget k\r\n");
      client.expect("STORED\r\nVALUE k 0 1\r\ny\r\nEND\r\n");
    }
  }

  @Test
  void refusesAKeyOfWhichNothingIsLeft() {
    ModifyKeySettings settings = new ModifyKeySettings(RouteSetup.pool(0), null, "b:", null, false);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(settings)) {
      assertThat(Servers.reply(proxy.client(), "get b:"))
          .startsWith("SERVER_ERROR ModifyKeyRoute: invalid key:");
    }
  }

  @Test
  void largeValuesPassBothWays() {
    String value = "v".repeat(3_000_00);
    try (TestProxy proxy = prefixed("a:")) {
      RawClient client = proxy.client();

      client.send("set k 0 0 300000\r\n" + value + "\r\n").expect("STORED\r\n");
      client.send("get k nono k\r\n");
      for (int i = 0; i < 2; i++) {
        client.expect("VALUE k 0 300000\r\n" + value + "\r\n");
      }
      client.expect("END\r\n");
      client.send("mg k k v Oq\r\n").expect("VA 300000 kk Oq\r\n" + value + "\r\n");
      client.send("ms k 300000 k\r\n" + value + "\r\n").expect("HD kk\r\n");
      assertThat(servers.on(0, "mg a:k s")).isEqualTo("HD s300000");
    }
  }

  @Test
  void valuesOfEverySizeComeWhole() {
    try (TestProxy proxy = prefixed("a:")) {
      RawClient client = proxy.client();
      for (int size : new int[] {0, 1, 2047, 4095, 4096, 16_000, 16_384, 40_000, 65_537}) {
        String value = "v".repeat(size);
        String stored = "VALUE k 0 " + size + "\r\n" + value + "\r\nEND\r\n";

        client.send("set k 0 0 " + size + "\r\n" + value + "\r\n").expect("STORED\r\n");
        client.send("get k\r\nget k\r\nget k\r\n").expect(stored + stored + stored);
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    try (TestProxy proxy = prefixed("a:")) {
      StringBuilder requests = new StringBuilder();
      StringBuilder replies = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        String key = "k" + i % 7;
        requests.append("set " + key + " 0 0 2\r\n" + (10 + i) + "\r\n");
        requests.append("get " + key + "\r\nmg " + key + " k v\r\nget nono " + key + "\r\n");
        String value = "VALUE " + key + " 0 2\r\n" + (10 + i) + "\r\nEND\r\n";
        replies.append("STORED\r\n" + value);
        replies.append("VA 2 k" + key + "\r\n" + (10 + i) + "\r\n" + value);
      }

      proxy.client().send(requests.toString()).expect(replies.toString());
    }
  }

  @Test
  void changesAddUp() {
    ModifyKeySettings inner = new ModifyKeySettings(RouteSetup.pool(0), "b:", null, null, false);
    ModifyKeySettings outer = new ModifyKeySettings(inner, "a:", null, ":s", false);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(outer)) {
      RawClient client = proxy.client();

      assertThat(Servers.reply(client, "ms k 3 k/abc")).isEqualTo("HD kk");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 3/abc/END");
      assertThat(Servers.reply(client, "ms aw== 3 b k/abd")).isEqualTo("HD kaw== b");
      assertThat(servers.values("b:a:k:s")).containsExactly("abd");
    }
  }

  @Test
  void tellsWhenTheServerIsGone() {
    try (TestProxy proxy = prefixed("a:")) {
      RawClient client = proxy.client();
      servers.kill(0);

      assertThat(Servers.reply(client, "get k")).startsWith("SERVER_ERROR server ");
      assertThat(Servers.reply(client, "mg k k v")).startsWith("SERVER_ERROR server ");
      assertThat(Servers.reply(client, "set k 0 0 1/x")).startsWith("SERVER_ERROR server ");
    }
  }

  private static TestProxy prefixed(String prefix) {
    return new RouteSetup(servers.ports())
        .start(new ModifyKeySettings(RouteSetup.pool(0), prefix, null, null, false));
  }
}
