package io.fairlead.config;

import com.google.common.net.InetAddresses;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the servers of a pool as nutcracker writes them, {@code host:port:weight} or {@code
 * /path:weight}, each with or without a name behind a space; no two may have one name.
 *
 * <p>A line is taken apart from its end: the last space, the last colon, and for a host one colon
 * more. So an IPv6 address stands there bare, as in {@code ::1:11211:1}. The name that is hashed is
 * the text of the line and not what the address comes to, so {@code h:011212:1} is {@code
 * h:011212}.
 */
final class NutcrackerServerReader {
  private static final String EXPECTED = "host:port:weight or /path:weight, with or without a name";
  private static final String THIS_MACHINE = "127.0.0.1";
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  private final Map<String, String> pathsByName = new HashMap<>();

  /** The server, or nothing when it was refused. */
  Stream<ServerSettings> read(ConfigValue value) {
    String line = value.source();
    ServerSettings server =
        line == null || line.isEmpty() ? value.refuse(EXPECTED) : of(line, value);
    if (server == null) {
      return Stream.empty();
    }
    String owner = pathsByName.putIfAbsent(server.name(), value.path());
    if (owner != null) {
      value.refuseAs(
          "name " + QuotedText.shorten(server.name()),
          "a name of its own, not that of " + owner,
          "a name is given behind a space, as in host:port:weight name");
    }
    return Stream.of(server);
  }

  private static @Nullable ServerSettings of(String line, ConfigValue value) {
    int space = line.lastIndexOf(' ');
    String name = space < 0 ? null : line.substring(space + 1);
    String rest = space < 0 ? line : line.substring(0, space);
    int colon = rest.lastIndexOf(':');
    boolean isPath = line.startsWith("/");
    if (colon < 0 || (!isPath && rest.lastIndexOf(':', colon - 1) < 0)) {
      boolean lacksWeight = isPath || colon > 0;
      return value.refuse(
          EXPECTED,
          lacksWeight ? "a weight is missing, as in " + QuotedText.shorten(rest) + ":1" : null);
    }
    String place = rest.substring(0, colon);
    int weight = weight(rest.substring(colon + 1), value, line);
    Address address = isPath ? unix(place, value) : tcp(place, value);
    if (weight < 1 || address == null) {
      return null;
    }
    return new ServerSettings(name == null ? ringName(place, address) : name, address, weight);
  }

  private static int weight(String text, ConfigValue value, String line) {
    int weight = NutcrackerNumber.wrapped(text, value);
    if (weight < 1) {
      value.refuse(
          "a weight of at least 1 behind the last colon",
          line.indexOf(' ') >= 0 ? "one space stands before the name, and none in it" : null);
    }
    return weight;
  }

  private static Address unix(String path, ConfigValue value) {
    if (path.getBytes(StandardCharsets.UTF_8).length > AddressText.LONGEST_SOCKET_PATH) {
      value.warn("a socket path of at most 107 bytes; nothing can be reached there");
    }
    return new Address.Unix(NutcrackerListen.upToNul(path));
  }

  private static Address.@Nullable Tcp tcp(String place, ConfigValue value) {
    int colon = place.lastIndexOf(':');
    int port = NutcrackerNumber.wrapped(place.substring(colon + 1), value);
    if (port < 1 || port > 65535) {
      return value.refuse("a port from 1 to 65535 before the weight");
    }
    String host = NutcrackerListen.host(place.substring(0, colon), THIS_MACHINE);
    if (host.isEmpty()) {
      value.warn("a host; this machine is used");
      return new Address.Tcp(THIS_MACHINE, port);
    }
    if (NUMERIC.matcher(host).matches() && !InetAddresses.isInetAddress(host)) {
      value.warn("a host name, or an IPv4 address such as 10.0.0.1");
    }
    return new Address.Tcp(host, port);
  }

  /** The text of host and port, or of the host alone when the port is memcached's own. */
  private static String ringName(String place, Address address) {
    if (address instanceof Address.Tcp tcp) {
      return tcp.port() == ServerSettings.DEFAULT_PORT
          ? place.substring(0, place.lastIndexOf(':'))
          : place;
    }
    return ServerSettings.ringName(address);
  }
}
