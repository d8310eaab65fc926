package io.fairlead.discovery;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a resolv.conf says.
 *
 * @param servers the DNS servers, in their order; this machine when none is named
 * @param search domains that names are looked for in
 * @param dots from how many dots on a name is first looked up as it stands
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int dots) {
  private static final int DNS_PORT = 53;
  private static final int MOST_DOTS = 15;

  /** Reads a file; one that cannot be read says nothing. */
  static ResolvConf read(Path file) {
    try {
      return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return parse(List.of());
    }
  }

  static ResolvConf parse(List<String> lines) {
    List<InetSocketAddress> servers = new ArrayList<>();
    List<String> search = List.of();
    int dots = 1;
    for (String line : lines) {
      List<String> words = List.of(line.strip().split("\\s+", -1));
      List<String> rest = words.subList(1, words.size());
      switch (words.get(0)) {
        case "nameserver" -> addServer(servers, rest);
        case "search", "domain" -> search = rest.stream().map(ResolvConf::withoutDot).toList();
        case "options" -> dots = dots(rest, dots);
        default -> {} // a comment, or for other resolvers
      }
    }
    if (servers.isEmpty()) {
      servers.add(new InetSocketAddress(InetAddresses.forString("127.0.0.1"), DNS_PORT));
    }
    return new ResolvConf(List.copyOf(servers), List.copyOf(search), dots);
  }

  /** With a port, if there is one, which other resolvers do not know. */
  private static void addServer(List<InetSocketAddress> servers, List<String> words) {
    try {
      HostAndPort server = HostAndPort.fromString(words.isEmpty() ? "" : words.get(0));
      servers.add(
          new InetSocketAddress(
              InetAddresses.forString(server.getHost()), server.getPortOrDefault(DNS_PORT)));
    } catch (IllegalArgumentException e) {
      // no address: other resolvers leave it out, too
    }
  }

  private static int dots(List<String> options, int before) {
    int dots = before;
    for (String option : options) {
      if (option.matches("ndots:[0-9]{1,3}")) {
        dots = Math.min(MOST_DOTS, Integer.parseInt(option.substring("ndots:".length())));
      }
    }
    return dots;
  }

  /** The names under which a host is looked for, in this order; with a dot at their ends. */
  List<String> candidates(String host) {
    if (host.endsWith(".")) {
      return List.of(host);
    }
    if (isOfCluster(host)) {
      return List.of(host + ".");
    }
    List<String> candidates = new ArrayList<>();
    search.forEach(domain -> candidates.add(host + "." + domain + "."));
    boolean isFirst = host.chars().filter(c -> c == '.').count() >= dots;
    candidates.add(isFirst ? 0 : candidates.size(), host + ".");
    return candidates;
  }

  /**
   * Whether it is the full name of a service or a pod. Pods have {@code ndots:5}, so that such a
   * name would be asked for in every domain before it is asked for as it stands.
   */
  private boolean isOfCluster(String host) {
    return search.stream()
        .filter(domain -> domain.startsWith("svc."))
        .anyMatch(domain -> host.endsWith("." + domain));
  }

  /** What names of the cluster end in, as pods have it among the domains to search in. */
  String clusterDomain() {
    return search.stream()
        .filter(domain -> domain.startsWith("svc."))
        .map(domain -> domain.substring("svc.".length()))
        .findFirst()
        .orElse("cluster.local");
  }

  private static String withoutDot(String domain) {
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }

  /** The DNS servers for Netty. */
  InetSocketAddress[] serverArray() {
    return servers.toArray(InetSocketAddress[]::new);
  }
}
