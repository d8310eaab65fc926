package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.util.List;
import java.util.stream.IntStream;

/** Three memcached servers for a replicated pool, each of which can be asked directly. */
final class Replicas implements AutoCloseable {
  private final List<MemcachedServer> servers = Memcached.startAll(3);

  ProxySetup setup() {
    return ProxySetup.replicated(servers.stream().mapToInt(MemcachedServer::port).toArray());
  }

  /** What the server answers to a request without its last line end; CR LF becomes a slash. */
  String on(int server, String request) {
    try (RawClient client = RawClient.connect(servers.get(server).address())) {
      return reply(client, request);
    }
  }

  List<String> onEach(String request) {
    return IntStream.range(0, servers.size()).mapToObj(i -> on(i, request)).toList();
  }

  /** The same for any client: {@code mn} marks the end of the reply. */
  static String reply(RawClient client, String request) {
    String written = request.replace("/", "\r\n") + "\r\nmn\r\n";
    String reply = client.send(written).readThrough("MN\r\n");
    return reply.replace("\r\n", "/").replaceFirst("/?MN/$", "");
  }

  void store(int server, String key, String value) {
    assertThat(on(server, "set " + key + " 0 0 " + value.length() + "/" + value))
        .isEqualTo("STORED");
  }

  /** The values of a key on each server; a dash where there is none. */
  List<String> values(String key) {
    return onEach("get " + key).stream()
        .map(reply -> reply.equals("END") ? "-" : reply.split("/", -1)[1])
        .toList();
  }

  void kill(int server) {
    servers.get(server).kill();
  }

  void freeze(int server) {
    servers.get(server).freeze();
  }

  /** Empty servers again, all alive. */
  void reset() {
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
  public void close() {
    servers.forEach(MemcachedServer::close);
  }
}
