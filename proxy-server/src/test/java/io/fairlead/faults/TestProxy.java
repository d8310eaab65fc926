package io.fairlead.faults;

import io.fairlead.config.ProxySettings;
import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A running proxy in this JVM, with one event loop, and the clients that were given out. */
public final class TestProxy implements AutoCloseable {
  private final Proxy proxy;
  private final int servers;
  private final List<RawClient> clients = new ArrayList<>();

  public TestProxy(Proxy proxy, int servers) {
    this.proxy = proxy;
    this.servers = servers;
  }

  SocketAddress address() {
    return proxy.addresses().get(0);
  }

  public int port() {
    return ((InetSocketAddress) address()).getPort();
  }

  /** A new client, closed with the proxy at the latest. */
  public RawClient client() {
    return client(0);
  }

  /** The same for a listener by its index. */
  public RawClient client(int listener) {
    RawClient client = RawClient.connect(proxy.addresses().get(listener));
    clients.add(client);
    return client;
  }

  /** Lets the proxy go on with other settings; returns the keys of what takes a restart. */
  public List<String> update(ProxySettings settings) {
    return proxy.update(settings);
  }

  public List<String> pools() {
    return proxy.servers().stream().map(ServerStatus::pool).distinct().toList();
  }

  public long count(Counter counter) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  /** How often this happened in a pool, or in a tree of routes. */
  public long count(String pool, PoolEvent event) {
    return proxy.poolCounters().stream()
        .filter(stats -> stats.pool().equals(pool))
        .mapToLong(stats -> stats.events().get(event))
        .sum();
  }

  /** What its spool of deletes counts. */
  long count(SpoolCounter counter) {
    SpoolStats spool = proxy.spool();
    if (spool == null) {
      throw new AssertionError("a proxy without a spool");
    }
    return spool.get(counter);
  }

  /** Waits until its servers have been told of everything. */
  void awaitReplayed() {
    Await.until("all deletes are replayed", () -> count(SpoolCounter.PENDING) == 0);
  }

  public ServerStatus status(int server) {
    return statuses().get(server);
  }

  /** Of each server, as the first event loop tells. */
  List<ServerStatus> statuses() {
    List<ServerStatus> all = proxy.servers();
    if (servers > 0 && (all.isEmpty() || all.size() % servers != 0)) {
      throw new AssertionError(all.size() + " servers (expected: " + servers + " on each loop)");
    }
    return all.subList(0, servers);
  }

  public boolean isUp(int server) {
    return status(server).state().isHealthy();
  }

  public void awaitUp(int server) {
    Await.until("server " + server + " is up", () -> isUp(server));
  }

  public void awaitEjected(int server) {
    Await.until("server " + server + " is ejected", () -> !isUp(server));
  }

  public void awaitCount(Counter counter, long least) {
    Await.until(counter + " reaches " + least, () -> count(counter) >= least);
  }

  @Override
  public void close() {
    clients.forEach(RawClient::close);
    proxy.close();
  }
}
