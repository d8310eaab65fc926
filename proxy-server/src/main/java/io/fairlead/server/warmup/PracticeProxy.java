package io.fairlead.server.warmup;

import io.fairlead.config.Address;
import io.fairlead.config.ProxySettings;
import io.fairlead.runtime.Proxy;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A proxy of the kind that is to become warm, with servers of its own. */
final class PracticeProxy implements AutoCloseable {
  private static final int SERVERS = 2;

  private final List<PracticeServer> servers = new ArrayList<>();
  private final Proxy proxy;

  PracticeProxy(ProxySettings real) throws IOException {
    try {
      for (int i = 0; i < SERVERS; i++) {
        servers.add(PracticeServer.start());
      }
      List<Address> addresses = servers.stream().map(PracticeServer::address).toList();
      proxy = Proxy.start(PracticeSettings.like(real, addresses));
    } catch (IOException | RuntimeException e) {
      closeServers();
      throw e;
    }
  }

  /** One for each pool or tree of routes that clients of the real proxy are led to. */
  List<SocketAddress> addresses() {
    return proxy.addresses();
  }

  @Override
  public void close() throws IOException {
    proxy.close(); // before its servers, whose end it would have something to say about
    closeServers();
  }

  private void closeServers() throws IOException {
    for (PracticeServer server : servers) {
      server.close();
    }
  }
}
