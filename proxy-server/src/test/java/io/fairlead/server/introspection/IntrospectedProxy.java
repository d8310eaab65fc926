package io.fairlead.server.introspection;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ProxySettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.runtime.ProxyStart;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A running proxy that answers questions about itself. */
final class IntrospectedProxy implements AutoCloseable {
  static final Path FILE = Path.of("/etc/fairlead.yaml");

  final McrouterIntrospection introspection;
  final Proxy proxy;
  final Level level = new Level();
  private final List<RawClient> clients = new ArrayList<>();

  /** A level that nobody logs by. */
  static final class Level implements Verbosity {
    private int present;

    @Override
    public int level() {
      return present;
    }

    @Override
    public void level(int level) {
      present = level;
    }
  }

  private IntrospectedProxy(ProxySettings settings, ConfigFacts facts) {
    RouterFacts router =
        new RouterFacts(
            "fairlead-1",
            4711,
            "mcrouter",
            "5000",
            "-p 5000  -f x",
            new TreeMap<>(Map.of("num_proxies", "1", "route_prefix", "/././")),
            new TreeMap<>(Map.of("num_proxies", "1", "ports", "5000")));
    introspection = new McrouterIntrospection(router, facts, level);
    try {
      proxy = Proxy.start(ProxyStart.with(settings).answeringBy(introspection));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    introspection.follow(proxy);
  }

  static IntrospectedProxy of(String yaml) {
    return of(
        ConfigLoader.parse(yaml, "fairlead.yaml"),
        ConfigFacts.of(FILE, yaml.getBytes(StandardCharsets.UTF_8), null, Map.of()));
  }

  static IntrospectedProxy of(ProxySettings settings, ConfigFacts facts) {
    return new IntrospectedProxy(settings, facts);
  }

  RawClient client() {
    RawClient client = RawClient.connect(proxy.addresses().get(0));
    clients.add(client);
    return client;
  }

  /** The value of a key of the proxy; fails when there is none. */
  String value(String question) {
    String key = "__mcrouter__." + question;
    String reply = client().send("get " + key + "\r\n").readThrough("END\r\n");
    String start = "VALUE " + key + " 0 ";
    if (!reply.startsWith(start)) {
      throw new AssertionError(reply);
    }
    String value =
        reply.substring(reply.indexOf("\r\n") + 2, reply.length() - "\r\nEND\r\n".length());
    String length = reply.substring(start.length(), reply.indexOf("\r\n"));
    if (Integer.parseInt(length) != value.length()) {
      throw new AssertionError(reply);
    }
    return value;
  }

  @Override
  public void close() {
    clients.forEach(RawClient::close);
    introspection.close();
    proxy.close();
  }
}
