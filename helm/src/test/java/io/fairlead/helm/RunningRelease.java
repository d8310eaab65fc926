package io.fairlead.helm;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a release consists of, on this machine: a memcached for each pod of its StatefulSet, and a
 * proxy with its configuration, in which only addresses are others.
 */
final class RunningRelease implements AutoCloseable {
  private static final String ALL = "0.0.0.0:";

  private final Map<String, MemcachedServer> servers = new LinkedHashMap<>();
  private final Proxy proxy;

  RunningRelease(String name, Objects objects) throws IOException {
    String config = objects.config();
    StatefulSet set = objects.one(StatefulSet.class, name + "-memcached");
    for (int i = 0; i < set.getSpec().getReplicas(); i++) {
      String pod = set.getMetadata().getName() + "-" + i;
      MemcachedServer server = Memcached.start();
      servers.put(pod, server);
      String host = pod + "." + set.getSpec().getServiceName() + ".default.svc.cluster.local:11211";
      if (!config.contains(host)) {
        throw new IllegalStateException("not in the configuration: " + host);
      }
      config = config.replace(host, "127.0.0.1:" + server.port());
    }
    config = config.replace(ALL + "5000", "127.0.0.1:" + FreePorts.next());
    config = config.replace(ALL + "9090", "127.0.0.1:" + FreePorts.next());
    proxy = Proxy.start(ReadConfig.read(config).settings());
  }

  /** Where the proxy listens. */
  int port() {
    return ((InetSocketAddress) proxy.addresses().get(0)).getPort();
  }

  /** Where a pod with a memcached listens. */
  int port(String pod) {
    return servers.get(pod).port();
  }

  Iterable<String> pods() {
    return servers.keySet();
  }

  @Override
  public void close() {
    proxy.close();
    servers.values().forEach(MemcachedServer::close);
  }
}
