package io.fairlead.config;

import com.google.common.net.InetAddresses;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses as they are written: {@code host:port}, {@code [ipv6]:port}, {@code unix:/path}, a bare
 * absolute path, or a host alone.
 *
 * <p>What looks like an IP address must be one: {@code 10.0.0.256} or {@code 22} as a host is a
 * typing error, which a resolver would report much later and less clearly.
 */
final class AddressText {
  static final String EXPECTED = "host:port, [ipv6]:port or unix:/path";
  static final int LONGEST_SOCKET_PATH = 107; // sockaddr_un on Linux, without the final NUL

  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]*)](?::(.+))?");
  private static final Pattern PLAIN = Pattern.compile("([^:\\[\\]]+)(?::([^:]+))?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]*)");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
  private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

  private AddressText() {}

  /**
   * Reads an address whose port is at least {@code leastPort}; a missing one is {@code
   * defaultPort}.
   */
  static Address parse(String text, int defaultPort, int leastPort) {
    if (text.startsWith("/")) {
      return unix(text, text);
    }
    if (text.startsWith("unix:")) {
      return unix(text, text.substring("unix:".length()));
    }
    Matcher bracketed = BRACKETED.matcher(text);
    if (bracketed.matches()) {
      requireIpv6(text, bracketed.group(1));
      return tcp(text, bracketed, defaultPort, leastPort);
    }
    if (text.indexOf(':') != text.lastIndexOf(':') && isIpv6(text)) {
      throw new BadValueException(text, "an IPv6 address in brackets, as in [::1]:11211");
    }
    Matcher plain = PLAIN.matcher(text);
    if (!plain.matches()) {
      throw new BadValueException(text, EXPECTED);
    }
    requireHost(text, plain.group(1));
    return tcp(text, plain, defaultPort, leastPort);
  }

  private static Address unix(String text, String path) {
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (!path.startsWith("/") || bytes > LONGEST_SOCKET_PATH || path.indexOf('\0') >= 0) {
      throw new BadValueException(text, "an absolute socket path of at most 107 bytes");
    }
    return new Address.Unix(path);
  }

  private static Address tcp(String text, Matcher parts, int defaultPort, int leastPort) {
    String port = parts.group(2);
    if (port == null) {
      return new Address.Tcp(parts.group(1), defaultPort);
    }
    int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : -1;
    if (number < leastPort || number > 65535) {
      throw new BadValueException(text, "a port from " + leastPort + " to 65535");
    }
    return new Address.Tcp(parts.group(1), number);
  }

  private static void requireIpv6(String text, String host) {
    if (!isIpv6(host)) {
      throw new BadValueException(text, "an IPv6 address between the brackets");
    }
  }

  private static void requireHost(String text, String host) {
    if (!HOST.matcher(host).matches() || host.length() > 253) {
      throw new BadValueException(text, EXPECTED);
    }
    if (NUMERIC.matcher(host).matches() && !InetAddresses.isInetAddress(host)) {
      throw new BadValueException(text, "a host name, or an IPv4 address such as 10.0.0.1");
    }
  }

  /** The zone of a link-local address (fe80::1%eth0) names a local interface: not judged here. */
  private static boolean isIpv6(String host) {
    int zone = host.indexOf('%');
    String address = zone < 0 ? host : host.substring(0, zone);
    return address.indexOf(':') >= 0 && InetAddresses.isInetAddress(address);
  }
}
