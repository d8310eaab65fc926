package io.fairlead.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.access.PasswordHash;
import io.fairlead.clients.Program.Result;
import io.fairlead.config.ConfigLoader;
import io.fairlead.faults.ProxySetup;
import io.fairlead.faults.TestProxy;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.tls.Authority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python client pymemcache, one connection and a pool of them. */
class PymemcacheIT {
  private static final String PYTHON = "/usr/bin/python3";

  private static final String SCRIPT =
      """
      import ssl
      import sys
      from concurrent.futures import ThreadPoolExecutor
      from pymemcache.client.base import Client, PooledClient

      tls = ssl.create_default_context(cafile=sys.argv[3]) if len(sys.argv) > 3 else None
      client = {"Client": Client, "PooledClient": PooledClient}[sys.argv[2]](
          ("127.0.0.1", int(sys.argv[1])), timeout=5, connect_timeout=5, tls_context=tls)
      keys = ["key-%d" % (i * 7919) for i in range(200)]
      values = {key: ("value of " + key).encode() for key in keys}

      def same(actual, expected):
          if actual != expected:
              raise AssertionError("%r instead of %r" % (actual, expected))

      if len(sys.argv) > 4:
          same(client.set("login", sys.argv[4], noreply=False), True)
      for key in keys:
          same(client.set(key, values[key], noreply=False), True)
      for key in keys:
          same(client.get(key), values[key])
      same(client.get_many(keys + ["none"]), values)
      same(client.get("none"), None)
      same(client.set_many({"a": b"1", "b": b"2"}, noreply=False), [])
      value, token = client.gets("a")
      same(value, b"1")
      same(client.cas("a", b"changed", token, noreply=False), True)
      same(client.cas("a", b"again", token, noreply=False), False)
      same(client.cas("none", b"x", token, noreply=False), None)
      same(set(client.gets_many(["a", "b"])), {"a", "b"})
      same(client.add("a", b"x", noreply=False), False)
      same(client.replace("a", b"5", noreply=False), True)
      same(client.incr("a", 7, noreply=False), 12)
      same(client.decr("a", 20, noreply=False), 0)
      same(client.incr("none", 1, noreply=False), None)
      same(client.append("b", b"!", noreply=False), True)
      same(client.prepend("b", b"<", noreply=False), True)
      same(client.get("b"), b"<2!")
      same(client.touch("b", 100, noreply=False), True)
      same(client.delete("b", noreply=False), True)
      same(client.delete("b", noreply=False), False)
      for key in keys:
          client.set(key, b"quiet", noreply=True)
      same(client.get_many(keys), {key: b"quiet" for key in keys})
      same(client.delete_many(keys, noreply=False), True)
      client.incr("none", 1, noreply=True)
      same(client.get_many(keys), {})
      same(client.version(), b"1.6.18")
      large = b"x" * 900000
      same(client.set("large", large, noreply=False), True)
      same(client.get("large"), large)
      same(b"cmd_get" in client.stats(), True)
      if sys.argv[2] == "PooledClient":
          def work(n):
              for i in range(50):
                  key = "thread-%d-%d" % (n, i)
                  client.set(key, key.encode(), noreply=False)
                  same(client.get(key), key.encode())
              return n
          with ThreadPoolExecutor(8) as pool:
              same(list(pool.map(work, range(8))), list(range(8)))
      print("all good")
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Client", "PooledClient"})
  void pymemcacheIsServed(String client) throws IOException {
    List<MemcachedServer> servers = Memcached.startAll(3);
    Path script = Files.writeString(folder.resolve("conversation.py"), SCRIPT);
    try (TestProxy proxy = ProxySetup.sharded(servers).timeout(Duration.ofSeconds(2)).start()) {
      Result result = Program.run(folder, PYTHON, script.toString(), "" + proxy.port(), client);

      assertThat(result.succeeds().output()).contains("all good");
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  /** One connection logs in once; a pool would have to on each, which the client does not do. */
  @ParameterizedTest
  @CsvSource({"Client, false", "PooledClient, false", "Client, true"})
  void pymemcacheIsServedByTls(String client, boolean logsIn) throws IOException {
    Authority authority = Authority.in(folder);
    Authority.Issued keys = authority.forServer("cache.example.com");
    byte[] password = "a pass word".getBytes(StandardCharsets.US_ASCII);
    Path users = folder.resolve("users");
    Files.writeString(users, "alice:" + PasswordHash.of(password, 1000).format() + "\n");
    Path script = Files.writeString(folder.resolve("conversation.py"), SCRIPT);
    try (MemcachedServer server = Memcached.start();
        Proxy proxy =
            Proxy.start(ConfigLoader.parse(yaml(server, keys, logsIn, users), "f.yaml"))) {
      int port = ((InetSocketAddress) proxy.addresses().get(0)).getPort();
      List<String> command =
          new ArrayList<>(
              List.of(PYTHON, script.toString(), "" + port, client, "" + authority.certificate()));
      if (logsIn) {
        command.add("alice a pass word");
      }
      Result result = Program.run(folder, command.toArray(String[]::new));

      assertThat(result.succeeds().output()).contains("all good");
      assertThat(proxy.stats().get(0).get(Counter.CLIENTS_AUTHENTICATED)).isEqualTo(logsIn ? 1 : 0);
    }
  }

  private static String yaml(
      MemcachedServer server, Authority.Issued keys, boolean logsIn, Path users) {
    return """
    listeners:
      - address: 127.0.0.1:0
        pool: main
        tls: {certificate: "%s", key: "%s"}
        %s
    pools: {main: {servers: ["127.0.0.1:%d"], timeout: 5s}}
    admin: false
    """
        .formatted(
            keys.certificate(), keys.key(), logsIn ? "auth: \"" + users + "\"" : "", server.port());
  }
}
