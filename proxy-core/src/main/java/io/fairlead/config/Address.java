package io.fairlead.config;

import com.google.common.net.InetAddresses;

/**
 * Where something listens or is reached: a TCP host and port, or the path of a unix-domain socket.
 */
public sealed interface Address {
  /** A host name or IP address (IPv6 without brackets) and a port. */
  record Tcp(String host, int port) implements Address {
    /** By hand: what Java has for a record is made at its first use, while a start waits. */
    @Override
    public int hashCode() {
      return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
      return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
  }

  /** A unix-domain stream socket. */
  record Unix(String path) implements Address {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /** Whether only this machine can reach what listens here; of a host name, only localhost. */
  default boolean isOfThisMachine() {
    return !(this instanceof Tcp tcp)
        || tcp.host.equals("localhost")
        || (InetAddresses.isInetAddress(tcp.host)
            && InetAddresses.forString(tcp.host).isLoopbackAddress());
  }

  /**
   * Reads {@code host:port}, {@code [v6]:port}, or {@code unix:/path} (a bare absolute path is a
   * unix socket too); a missing port becomes {@code defaultPort}.
   *
   * @throws IllegalArgumentException with what was expected, when the text is none of these
   */
  static Address parse(String text, int defaultPort) {
    return AddressText.parse(text, defaultPort, 0);
  }
}
