package io.fairlead.mcrouter;

import io.fairlead.config.Address;
import io.fairlead.json.Setting;
import java.util.List;

/**
 * A server as mcrouter has it: {@code host:port[:protocol[:encryption[:compression]]]}, with IPv6
 * addresses in brackets, or {@code unix:/path}.
 */
final class ServerText {
  private static final String EXPECTED = "host:port, [ipv6]:port or unix:/path";

  private ServerText() {}

  /**
   * Reads the address of a server.
   *
   * @param portOverride replaces the port; 0 for none
   */
  static Address read(Setting setting, int portOverride) {
    String text = setting.text();
    if (text.startsWith("unix:")) {
      return parse(setting, text);
    }
    int host = text.startsWith("[") ? text.indexOf(']') + 1 : 0;
    List<String> parts = List.of(text.substring(host).split(":", -1));
    int hostParts = host > 0 ? 0 : 1;
    String port = hostParts < parts.size() && parts.size() > 1 ? parts.get(1) : "";
    if (port.isEmpty()) {
      throw setting.refused(EXPECTED);
    }
    refuseOtherThanAscii(setting, parts.subList(2, parts.size()));
    String name = host > 0 ? text.substring(0, host) : parts.get(0);
    Address address = parse(setting, name + ":" + port);
    if (!(address instanceof Address.Tcp tcp) || tcp.port() == 0) {
      throw setting.refused(EXPECTED);
    }
    return portOverride == 0 ? tcp : new Address.Tcp(tcp.host(), portOverride);
  }

  private static Address parse(Setting setting, String text) {
    try {
      return Address.parse(text, 0);
    } catch (IllegalArgumentException e) {
      throw setting.refused(EXPECTED);
    }
  }

  /** How the server is spoken to, {@code plain} or {@code ssl}; empty when it does not say. */
  static String encryption(Setting setting) {
    String text = setting.text();
    int host = text.startsWith("[") ? text.indexOf(']') + 1 : 0;
    String[] parts = text.substring(host).split(":", -1);
    return text.startsWith("unix:") || parts.length < 4 ? "" : parts[3];
  }

  private static void refuseOtherThanAscii(Setting setting, List<String> suffixes) {
    if (suffixes.size() > 3) {
      throw setting.refused(EXPECTED);
    }
    if (!suffixes.isEmpty() && !suffixes.get(0).equals("ascii")) {
      throw setting.refused("the protocol ascii, which is the only one that memcached speaks");
    }
  }
}
