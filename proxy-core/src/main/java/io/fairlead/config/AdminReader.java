package io.fairlead.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where the admin port is: an address, a map, or false for nowhere. */
final class AdminReader {
  private static final String EXPECTED = "host:port, a map with listen, or false for none";
  private static final String ADDRESS = "host:port, or false for none";
  private static final String TOKEN =
      "the path of a file that has the token, beginning with / or ./; it is not written into the"
          + " configuration";
  private static final String NAME = "a host name without a port, as in proxy1.example.com";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");

  private AdminReader() {}

  /** Null for none, or when it was refused. */
  static @Nullable AdminSettings read(ConfigValue value) {
    if (value.isFalse()) {
      return null;
    }
    if (value.isMap()) {
      return value.map(EXPECTED, AdminReader::readMap);
    }
    Address.Tcp address = tcp(value, ProxySettings.DEFAULT_ADMIN.port());
    return address == null ? null : AdminSettings.at(address);
  }

  private static AdminSettings readMap(MappingReader map) {
    Address.Tcp address =
        map.optional(
            "listen",
            ProxySettings.DEFAULT_ADMIN,
            value -> tcp(value, ProxySettings.DEFAULT_ADMIN.port()));
    boolean reusePort = map.optional("reuse_port", false, ValueKind.flag());
    Path token = map.orNull("token_file", value -> SecretFile.read(value, TOKEN));
    ConfigValue hosts = map.take("hosts");
    return new AdminSettings(address, reusePort, token, hosts == null ? List.of() : hosts(hosts));
  }

  private static List<String> hosts(ConfigValue list) {
    List<String> hosts = new ArrayList<>();
    for (ConfigValue value : list.list("a list of host names")) {
      String text = value.text();
      if (text == null || !HOST.matcher(text).matches()) {
        value.refuse(NAME);
      } else {
        hosts.add(text);
      }
    }
    return hosts;
  }

  /** An address that is no unix socket; null when it was refused. */
  static Address.@Nullable Tcp tcp(ConfigValue value, int defaultPort) {
    String text = value.text();
    if (text == null || text.startsWith("/") || text.startsWith("unix:")) {
      return value.refuse(ADDRESS);
    }
    return (Address.Tcp) ValueKind.address(defaultPort, 0).read(value);
  }
}
