package io.fairlead.monitoring;

import io.fairlead.faults.Await;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.Authority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A proxy in which everything happens that has a metric: servers of which one is dead, TLS, servers
 * that are looked up, a spool of deletes, and requests of each kind.
 */
final class EverythingAtWork implements AutoCloseable {
  private final MemcachedServer memcached;
  private final MonitoredProxy proxy;

  private EverythingAtWork(MemcachedServer memcached, MonitoredProxy proxy) {
    this.memcached = memcached;
    this.proxy = proxy;
  }

  static EverythingAtWork start(Path folder) throws IOException {
    Issued keys = Authority.in(Files.createDirectory(folder.resolve("ca"))).forServer("localhost");
    Path servers = folder.resolve("servers.txt");
    MemcachedServer memcached = Memcached.start();
    Files.writeString(servers, "127.0.0.1:" + memcached.port() + " found\n");
    String yaml =
        String.format(
            """
            listeners:
              - {address: "127.0.0.1:0", pool: main}
              - {address: "127.0.0.1:%d", pool: found, tls: {certificate: "%s", key: "%s"}}
            pools:
              main:
                servers:
                  - {address: "127.0.0.1:%d", name: live}
                  - {address: "127.0.0.1:%d", name: dead}
                eject: {failures: 1, connect_failures: 1, at_most: 1, panic: false, time: 10ms,
                        probe: {first: 10ms, longest: 100ms}}
                server_stats: 1s
              found: {servers: ["file://%s"]}
            delete_spool: {directory: "%s"}
            """,
            FreePorts.next(),
            keys.certificate(),
            keys.key(),
            memcached.port(),
            FreePorts.next(),
            servers,
            Files.createDirectory(folder.resolve("spool")));
    EverythingAtWork all = new EverythingAtWork(memcached, MonitoredProxy.start(yaml));
    all.ask();
    return all;
  }

  private void ask() {
    try (RawClient client = proxy.client()) {
      for (int i = 0; i < 100; i++) {
        client.send("set k" + i + " 0 0 1\r\nv\r\n").readLine();
        client.send("get k" + i + "\r\nmn\r\n").readThrough("MN\r\n");
      }
    }
    Await.until(
        "the dead server was probed, and the live one asked for its statistics",
        () -> {
          Scrape scrape = proxy.scrape();
          return scrape.sum("fairlead_backend_probes_total") > 0
              && scrape.sum("fairlead_memcached_cmd_set_total") > 0;
        });
  }

  MonitoredProxy proxy() {
    return proxy;
  }

  @Override
  public void close() {
    proxy.close();
    memcached.close();
  }
}
