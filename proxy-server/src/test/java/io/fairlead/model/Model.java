package io.fairlead.model;

import io.fairlead.runtime.Proxy;
import java.net.InetSocketAddress;

/**
 * What all clients of a run share.
 *
 * @param oneServer whether each key has one server, the same all the time
 */
record Model(Proxy proxy, long seed, Keys keys, Written written, boolean oneServer) {
  private static final int MOST_SHOWN = 100;

  int port() {
    return ((InetSocketAddress) proxy.addresses().get(0)).getPort();
  }

  /** What the proxy has under way. */
  String state() {
    return proxy.clients(MOST_SHOWN) + " " + proxy.servers() + " " + proxy.stuckLoops();
  }
}
