package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ConfigWriter;
import io.fairlead.config.ProxySettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Another routing prefix, which those servers get that want keys with theirs, as another mcrouter
 * does; it does not decide which of them has a key.
 */
@ExtendWith(LeakCheck.class)
class SetRoutingPrefixIT {
  private static final String POOLS =
      "'pools': {'A': {'servers': ['10.0.0.1:11211', '10.0.0.2:11211'], 'keep_routing_prefix':"
          + " true}, 'B': {'servers': ['10.0.0.1:11211', '10.0.0.2:11211']}}";

  @RegisterExtension static final Servers servers = new Servers(2);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    // the pool, the prefix that is set, the key, the one that servers get; the pool without
    "A, /x/y/, key,       /x/y/p:key",
    "A, x/y,   key,       /x/y/p:key",
    "A, /x/y/, /a/b/key,  /x/y/p:key",
    "A, '',    /a/b/key,  p:key",
    "A, '',    key,       p:key",
    "B, /x/y/, key,       p:key",
    "B, /x/y/, /a/b/key,  p:key",
  })
  void serversThatWantThePrefixGetTheOneThatIsSet(
      String pool, String prefix, String key, String sent) throws Exception {
    String json =
        """
        {%s, 'routes': [{'aliases': ['/././', '/a/b/'], 'route': {'type': 'ModifyKeyRoute',
        'ensure_key_prefix': 'p:', 'set_routing_prefix': '%s', 'target': 'PoolRoute|%s'}}]}
        """
            .formatted(POOLS, prefix, pool)
            .replace('\'', '"');
    ProxySettings settings = McrouterProxy.settings(json, servers.ports(), folder);
    ProxySettings converted = ConfigLoader.parse(ConfigWriter.render(settings), "converted.yaml");

    for (ProxySettings same : List.of(settings, converted)) {
      servers.reset();
      try (TestProxy proxy = new TestProxy(Proxy.start(same), 4)) {
        RawClient client = proxy.client();
        client.send("set " + key + " 0 0 1\r\nv\r\n").expect("STORED\r\n");
        client.send("get " + key + "\r\n").expect("VALUE " + key + " 0 1\r\nv\r\nEND\r\n");
        List<Integer> place = who(sent);
        assertThat(place).hasSize(1).isEqualTo(placeOf("p:key"));
      }
    }
  }

  /** The servers that have a key. */
  private static List<Integer> who(String key) {
    return servers.ports().stream().filter(port -> has(port, key)).toList();
  }

  private static boolean has(int port, String key) {
    try (RawClient client = RawClient.connect(port)) {
      return client.send("mg " + key + "\r\n").readLine().equals("HD");
    }
  }

  /** Where the key without any prefix is placed. */
  private List<Integer> placeOf(String key) throws Exception {
    String json = "{%s, 'route': 'PoolRoute|B'}".formatted(POOLS).replace('\'', '"');
    ProxySettings plain = McrouterProxy.settings(json, servers.ports(), folder);
    servers.reset();
    try (TestProxy proxy = new TestProxy(Proxy.start(plain), 2)) {
      assertThat(Servers.reply(proxy.client(), "set " + key + " 0 0 1/v")).isEqualTo("STORED");
    }
    return who(key);
  }
}
