package io.fairlead.it;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts what an event loop allocates while it serves requests: nothing but its timer. */
class AllocationIT {
  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"AUTO", "NIO"})
  void servesSingleKeyRequestsWithoutAllocating(Transport transport) throws Exception {
    try (LoopAllocations allocations = new LoopAllocations();
        MemcachedServer memcached = Memcached.start();
        Proxy proxy = Proxy.start(settings(memcached, transport));
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      client.send("set key 0 0 5\r\nvalue\r\n").expect("STORED\r\n");
      allocations.assertNone(client, "get key\r\n", "VALUE key 0 5\r\nvalue\r\nEND\r\n");
      allocations.assertNone(client, "get nokey\r\n", "END\r\n");
      allocations.assertNone(client, "set key 0 0 5\r\nvalue\r\n", "STORED\r\n");
      allocations.assertNone(client, "mg key v\r\n", "VA 5\r\nvalue\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PoolSettings.Mode.class,
      names = {"REPLICATED", "PRIMARY_REPLICA"})
  void readsOfReplicasThatHitAllocateNothing(PoolSettings.Mode mode) throws Exception {
    try (LoopAllocations allocations = new LoopAllocations();
        MemcachedServer memcached = Memcached.start();
        Proxy proxy = Proxy.start(settings(memcached, Transport.AUTO, mode));
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      client.send("set key 0 0 5\r\nvalue\r\n").expect("STORED\r\n");
      allocations.assertNone(client, "get key\r\n", "VALUE key 0 5\r\nvalue\r\nEND\r\n");
      allocations.assertNone(client, "mg key v\r\n", "VA 5\r\nvalue\r\n");
    }
  }

  private static ProxySettings settings(MemcachedServer memcached, Transport transport) {
    return settings(memcached, transport, PoolSettings.Mode.SHARDED);
  }

  private static ProxySettings settings(
      MemcachedServer memcached, Transport transport, PoolSettings.Mode mode) {
    Address server = new Address.Tcp(memcached.host(), memcached.port());
    PoolSettings pool =
        PoolSettings.of("main", mode, List.of(ServerSettings.at(server), other(server)));
    ListenerSettings listener = ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), "main");
    return ProxySettings.of(List.of(listener), List.of(pool))
        .admin(AdminSettings.DEFAULT) // opened by the process, not by the proxy
        .threads(new ThreadSettings(1, transport, true))
        .build();
  }

  /** The same server under another name, so that keys are hashed. */
  private static ServerSettings other(Address server) {
    return new ServerSettings("other", server, 1);
  }
}
