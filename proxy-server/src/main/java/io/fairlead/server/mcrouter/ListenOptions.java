package io.fairlead.server.mcrouter;

import io.fairlead.config.Address;
import io.fairlead.config.AddressRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients connect to, and what they may do there.
 *
 * @param ports in the order given
 * @param addresses IP addresses; none for every one of the machine
 * @param unixSocket the path of a socket that takes the place of all ports; null for none
 * @param inheritedSocket the descriptor of a socket that takes the place of everything; -1 for none
 * @param backlog connections that may wait; null when nothing is said
 * @param mostClients clients at once; 0 and 1 for no limit of their own
 * @param clientRequests requests of a client in flight, 0 for no limit; null when nothing is said
 * @param introspectionFrom clients that may ask the proxy about itself; none when it tells nobody
 * @param clientTimeout how long a client may not read, zero for ever; null when nothing is said
 */
public record ListenOptions(
    List<Integer> ports,
    List<String> addresses,
    @Nullable String unixSocket,
    int inheritedSocket,
    @Nullable Integer backlog,
    int mostClients,
    @Nullable Integer clientRequests,
    @Nullable Duration clientTimeout,
    List<AddressRange> introspectionFrom) {
  /** mcrouter tells about itself to whoever can connect. */
  private static final List<AddressRange> EVERYONE =
      List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0"));

  private static final String NO_PORT = "No port to listen on: give -p PORT";

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ListenOptions(
      List<Integer> ports,
      List<String> addresses,
      @Nullable String unixSocket,
      int inheritedSocket,
      @Nullable Integer backlog,
      int mostClients,
      @Nullable Integer clientRequests,
      @Nullable Duration clientTimeout,
      List<AddressRange> introspectionFrom) {
    this.introspectionFrom = List.copyOf(introspectionFrom);
    this.ports = List.copyOf(ports);
    this.addresses = List.copyOf(addresses);
    this.unixSocket = unixSocket;
    this.inheritedSocket = inheritedSocket;
    this.backlog = backlog;
    this.mostClients = mostClients;
    this.clientRequests = clientRequests;
    this.clientTimeout = clientTimeout;
  }

  static ListenOptions of(OptionValues values) throws McrouterMistake {
    String unix = values.text("unix_domain_sock");
    return new ListenOptions(
        ports(values, "ports"),
        addresses(values),
        unix.isEmpty() ? null : unix,
        values.count("listen_sock_fd"),
        values.isGiven("tcp_listen_backlog") ? values.count("tcp_listen_backlog") : null,
        values.count("max_conns"),
        values.isGiven("max_client_outstanding_reqs")
            ? values.count("max_client_outstanding_reqs")
            : null,
        values.isGiven("client_timeout_ms") ? values.millis("client_timeout_ms") : null,
        introspectionFrom(values));
  }

  /** A list of ports, each of them once. */
  static List<Integer> ports(OptionValues values, String name) throws McrouterMistake {
    List<Integer> ports = new ArrayList<>();
    for (String item : items(values.text(name))) {
      int port = item.matches("[0-9]{1,5}") ? Integer.parseInt(item) : -1;
      if (port < 0 || port > 65535 || ports.contains(port)) {
        throw McrouterMistake.badValue(
            values.spelling(name), values.text(name), "ports from 0 to 65535, each once");
      }
      ports.add(port);
    }
    return ports;
  }

  private static List<String> addresses(OptionValues values) throws McrouterMistake {
    List<String> addresses = new ArrayList<>();
    for (String item : items(values.text("listen_addresses"))) {
      String text = item.replaceAll("[\\[\\]]", "");
      try {
        Address.parse(text.indexOf(':') < 0 ? text : "[" + text + "]", 0);
      } catch (IllegalArgumentException e) {
        throw McrouterMistake.badValue(
            values.spelling("listen_addresses"), item, "IP addresses with commas between them");
      }
      addresses.add(text);
    }
    return addresses;
  }

  private static List<AddressRange> introspectionFrom(OptionValues values) throws McrouterMistake {
    if (!values.isGiven("introspection_from")) {
      return EVERYONE;
    }
    String text = values.text("introspection_from");
    List<AddressRange> ranges = new ArrayList<>();
    try {
      for (String item : items(text.equals("off") ? "" : text)) {
        ranges.add(AddressRange.parse(item));
      }
    } catch (IllegalArgumentException e) {
      ranges.clear();
    }
    if (ranges.isEmpty() && !text.equals("off")) {
      throw McrouterMistake.badValue(
          values.spelling("introspection_from"),
          text,
          "address ranges with commas between them, as in 127.0.0.0/8,::1; or off");
    }
    return ranges;
  }

  private static List<String> items(String list) {
    List<String> items = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.trim());
      }
    }
    return items;
  }

  /** Refuses to start where no client could connect. */
  void requireSomewhere(TlsOptions tls) throws McrouterMistake {
    boolean hasPort = !ports.isEmpty() || !tls.ports().isEmpty();
    if (inheritedSocket < 0 && unixSocket == null && !hasPort) {
      throw new McrouterMistake(NO_PORT + ", such as -p 5000.");
    }
  }
}
