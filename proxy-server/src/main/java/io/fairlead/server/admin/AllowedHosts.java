package io.fairlead.server.admin;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names by which the admin port may be called. Whoever owns another name can point it at this
 * machine, and have a browser that shows a page of theirs read ours (DNS rebinding); nobody can do
 * that with an address, or with a name that is this machine's own.
 */
final class AllowedHosts {
  private final Set<String> names = new HashSet<>();

  /**
   * @param machine the name of this machine
   * @param others those of the configuration
   */
  AllowedHosts(String machine, Collection<String> others) {
    names.add("localhost");
    names.add(plain(machine));
    others.forEach(name -> names.add(plain(name)));
  }

  /** Whether a {@code Host} header, with or without a port, names what may be called. */
  boolean allows(String header) {
    String host = withoutPort(header.strip());
    if (host.startsWith("[") && host.endsWith("]")) {
      return isAddress(host.substring(1, host.length() - 1));
    }
    return names.contains(plain(host)) || isAddress(host);
  }

  private static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean isSole = colon >= 0 && host.indexOf(':') == colon;
    boolean isBehindBracket = host.startsWith("[") && host.indexOf(']') < colon;
    return isSole || isBehindBracket ? host.substring(0, colon) : host;
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
