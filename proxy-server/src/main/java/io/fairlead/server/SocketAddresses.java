package io.fairlead.server;

import io.fairlead.config.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;

/** Finds out where an address leads. */
final class SocketAddresses {
  private SocketAddresses() {}

  /** Looks a name up; the answer that the system gives first is taken. */
  static SocketAddress resolve(Address address) throws UserError {
    if (address instanceof Address.Unix unix) {
      return UnixDomainSocketAddress.of(unix.path());
    }
    Address.Tcp tcp = (Address.Tcp) address;
    try {
      return new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port());
    } catch (UnknownHostException e) {
      throw new UserError(tcp.host() + " is a name that nobody knows: check it, or the DNS.", e);
    }
  }
}
