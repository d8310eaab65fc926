package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.faults.Await;
import io.fairlead.runtime.Proxy;
import io.fairlead.runtime.ProxyStart;
import io.fairlead.server.admin.ProxyReadings;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A proxy with one pool whose servers are looked up, and a client of it. */
final class DiscoveringProxy implements AutoCloseable {
  private final Proxy proxy;
  private final RawClient client;

  private DiscoveringProxy(Proxy proxy) {
    this.proxy = proxy;
    this.client = RawClient.connect(proxy.addresses().get(0));
  }

  /** Starts one that finds its DNS server in the resolv.conf of a folder. */
  static DiscoveringProxy start(PoolSettings pool, Path folder) {
    return start(pool, folder, URI.create("https://127.0.0.1:1"));
  }

  /** The same with an API server, for which the folder has token and certificates. */
  static DiscoveringProxy start(PoolSettings pool, Path folder, URI kubernetes) {
    DiscoveryPlaces places =
        new DiscoveryPlaces(
            folder.resolve("resolv.conf"), folder.resolve("hosts"), kubernetes, folder);
    try {
      return new DiscoveringProxy(Proxy.start(ProxyStart.with(settings(pool)).lookingUpAt(places)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProxySettings settings(PoolSettings pool) {
    return ProxySettings.of(
            List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), pool.name(), Set.of())),
            List.of(pool))
        .build();
  }

  RawClient client() {
    return client;
  }

  void update(PoolSettings pool) {
    proxy.update(settings(pool));
  }

  ProxySettings settings() {
    return proxy.settings();
  }

  /** The names on the ring. */
  List<String> servers() {
    return settings().pools().get(0).servers().stream().map(ServerSettings::name).toList();
  }

  /** What an admin port shows of it. */
  ProxyReadings readings() {
    return ProxyReadings.of(proxy);
  }

  SourceStatus source() {
    return proxy.sources().get(0);
  }

  void awaitServers(String... names) {
    Await.until("its servers are " + List.of(names), () -> servers().equals(List.of(names)));
  }

  void awaitState(SourceStatus.State state) {
    Await.until("the source is " + state, () -> source().state() == state);
  }

  /** Whether a get reaches a server. */
  boolean answersGet() {
    return client.send("get k\r\nmn\r\n").readThrough("MN\r\n").endsWith("END\r\nMN\r\n");
  }

  /**
   * The name of one of the keys. The number comes first, as fnv1a_64 hardly tells apart keys of
   * which only the end differs.
   */
  static String key(int number) {
    return number + ":key";
  }

  /** Stores that many keys, always the same; how many were stored. */
  int store(int keys) {
    int stored = 0;
    for (int key = 0; key < keys; key++) {
      client.send("set " + key(key) + " 0 0 1\r\nv\r\n");
    }
    for (int key = 0; key < keys; key++) {
      String reply = client.readLine();
      assertThat(reply).isNotEmpty();
      stored += reply.startsWith("STORED") ? 1 : 0;
    }
    return stored;
  }

  @Override
  public void close() {
    client.close();
    proxy.close();
  }
}
