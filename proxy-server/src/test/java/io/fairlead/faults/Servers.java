package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Some memcached servers, each of which can be asked directly. As an extension of a test class they
 * are empty and alive before each of its tests, and end with the last.
 */
public final class Servers implements BeforeEachCallback, AfterAllCallback, AutoCloseable {
  private final List<MemcachedServer> servers;

  public Servers(int count) {
    servers = Memcached.startAll(count);
  }

  public List<Integer> ports() {
    return servers.stream().map(MemcachedServer::port).toList();
  }

  ProxySetup setup() {
    return ProxySetup.replicated(servers.stream().mapToInt(MemcachedServer::port).toArray());
  }

  /** The same with one of them behind another port. */
  ProxySetup setup(int server, int port) {
    int[] ports = servers.stream().mapToInt(MemcachedServer::port).toArray();
    ports[server] = port;
    return ProxySetup.replicated(ports);
  }

  ProxySetup primaryReplica() {
    return ProxySetup.primaryReplica(servers.stream().mapToInt(MemcachedServer::port).toArray());
  }

  MemcachedServer server(int index) {
    return servers.get(index);
  }

  /** What the server answers to a request without its last line end; CR LF becomes a slash. */
  public String on(int server, String request) {
    try (RawClient client = RawClient.connect(servers.get(server).address())) {
      return reply(client, request);
    }
  }

  public List<String> onEach(String request) {
    return IntStream.range(0, servers.size()).mapToObj(i -> on(i, request)).toList();
  }

  /** The same for any client: {@code mn} marks the end of the reply. */
  public static String reply(RawClient client, String request) {
    String written = request.replace("/", "\r\n") + "\r\nmn\r\n";
    String reply = client.send(written).readThrough("MN\r\n");
    return reply.replace("\r\n", "/").replaceFirst("/?MN/$", "");
  }

  public void store(int server, String key, String value) {
    assertThat(on(server, "set " + key + " 0 0 " + value.length() + "/" + value))
        .isEqualTo("STORED");
  }

  /** The values of a key on each server; a dash where there is none. */
  public List<String> values(String key) {
    return IntStream.range(0, servers.size()).mapToObj(i -> value(i, key)).toList();
  }

  /** The value of a key on a server; a dash where there is none, an x where no server runs. */
  private String value(int server, String key) {
    if (!servers.get(server).isRunning()) {
      return "x";
    }
    String reply = on(server, "get " + key);
    return reply.equals("END") ? "-" : reply.split("/", -1)[1];
  }

  /** Stores a value on each server, except where it is a dash, and kills those where it is an x. */
  public void prepare(String key, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).equals("x")) {
        kill(i);
      } else if (!values.get(i).equals("-")) {
        store(i, key, values.get(i));
      }
    }
  }

  public void kill(int server) {
    servers.get(server).kill();
  }

  public void freeze(int server) {
    servers.get(server).freeze();
  }

  public void thaw(int server) {
    servers.get(server).thaw();
  }

  /** Starts one that was killed, which is empty. */
  void reset(int server) {
    servers.get(server).restart();
  }

  /** Empty servers again, all alive. */
  public void reset() {
    for (MemcachedServer server : servers) {
      if (server.isRunning()) {
        server.thaw();
      } else {
        server.restart();
      }
    }
    assertThat(onEach("flush_all")).containsOnly("OK");
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    servers.forEach(MemcachedServer::close);
  }
}
