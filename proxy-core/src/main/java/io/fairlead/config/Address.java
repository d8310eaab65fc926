package io.fairlead.config;

/**
 * Where something listens or is reached: a TCP host and port, or the path of a unix-domain socket.
 */
public sealed interface Address {
  /** A host name or IP address (IPv6 without brackets) and a port. */
  record Tcp(String host, int port) implements Address {
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

  /**
   * Reads {@code host:port}, {@code [v6]:port}, or {@code unix:/path} (a bare absolute path is a
   * unix socket too); a missing port becomes {@code defaultPort}.
   *
   * @throws IllegalArgumentException with what was expected, when the text is none of these
   */
  static Address parse(String text, int defaultPort) {
    if (text.startsWith("unix:") || text.startsWith("/")) {
      return unix(text.startsWith("/") ? text : text.substring("unix:".length()));
    }
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (bracketed) {
      int close = text.indexOf(']');
      if (close < 0 || (close != text.length() - 1 && text.charAt(close + 1) != ':')) {
        throw bad(text);
      }
      String port = close == text.length() - 1 ? "" : text.substring(close + 2);
      return tcp(text, text.substring(1, close), port, defaultPort);
    }
    if (colon >= 0 && text.indexOf(':') != colon) {
      throw new IllegalArgumentException(
          text + " (expected: an IPv6 address in brackets, as in [::1]:11211)");
    }
    return colon < 0
        ? tcp(text, text, "", defaultPort)
        : tcp(text, text.substring(0, colon), text.substring(colon + 1), defaultPort);
  }

  private static Address unix(String path) {
    if (!path.startsWith("/") || path.length() > 107) {
      throw new IllegalArgumentException(
          path + " (expected: an absolute socket path of at most 107 characters)");
    }
    return new Unix(path);
  }

  private static Address tcp(String text, String host, String port, int defaultPort) {
    if (host.isEmpty() || host.indexOf(' ') >= 0) {
      throw bad(text);
    }
    if (port.isEmpty()) {
      return new Tcp(host, defaultPort);
    }
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= 65535) {
        return new Tcp(host, number);
      }
    } catch (NumberFormatException e) {
      // reported below, with the whole text
    }
    throw new IllegalArgumentException(text + " (expected: a port from 0 to 65535)");
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException(text + " (expected: host:port, [ipv6]:port or unix:/path)");
  }
}
