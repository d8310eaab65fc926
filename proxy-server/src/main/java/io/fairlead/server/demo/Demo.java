package io.fairlead.server.demo;

import io.fairlead.config.Address;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.server.command.UserError;
import io.fairlead.server.process.ProxyProcess;
import io.fairlead.server.settings.OnePool;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** A proxy in front of memcached servers in the same process. */
final class Demo implements AutoCloseable {
  private final DemoNodes nodes;
  private final ProxyProcess process;
  private final boolean replicated;

  private Demo(DemoNodes nodes, ProxyProcess process, boolean replicated) {
    this.nodes = nodes;
    this.process = process;
    this.replicated = replicated;
  }

  static Demo start(Address.Tcp listen, int count, boolean replicated) throws UserError {
    DemoNodes nodes = DemoNodes.start(count);
    try {
      ProxySettings settings = settings(listen, nodes.addresses(), replicated);
      return new Demo(nodes, ProxyProcess.start(settings), replicated);
    } catch (UserError | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  private static ProxySettings settings(Address listen, List<Address> nodes, boolean replicated) {
    PoolSettings pool =
        PoolSettings.of(
            "demo",
            replicated ? PoolSettings.Mode.REPLICATED : PoolSettings.Mode.SHARDED,
            nodes.stream().map(ServerSettings::at).toList());
    return OnePool.settings(pool, List.of(listen), Set.of(), null, ThreadSettings.DEFAULT);
  }

  String guide() {
    return DemoGuide.text(address().getPort(), nodes.addresses(), replicated);
  }

  /** Where the proxy listens. */
  InetSocketAddress address() {
    return (InetSocketAddress) process.addresses().get(0);
  }

  @Override
  public void close() {
    process.close();
    nodes.close();
  }
}
