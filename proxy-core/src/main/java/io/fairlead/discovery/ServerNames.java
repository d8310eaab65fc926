package io.fairlead.discovery;

import com.google.common.net.InetAddresses;
import io.fairlead.config.Address;
import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;

/** What servers are called on the ring. */
final class ServerNames {
  private ServerNames() {}

  /** The server at a host, which is a name or an address. */
  static ServerSettings server(String host, int port, Identity identity) {
    Address.Tcp address = new Address.Tcp(host, port);
    String name =
        identity == Identity.HOSTNAME ? firstLabel(host) : ServerSettings.ringName(address);
    return new ServerSettings(name, address, 1);
  }

  /** The name of a pod in the name that DNS has for it. */
  static String firstLabel(String host) {
    int dot = host.indexOf('.');
    return dot <= 0 || InetAddresses.isInetAddress(host) ? host : host.substring(0, dot);
  }
}
