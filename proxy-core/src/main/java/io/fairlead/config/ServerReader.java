package io.fairlead.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the servers of one pool, each an address or a map; no two may have one name. */
final class ServerReader {
  private static final String EXPECTED = "an address, or a map with name, address, weight, tls";
  private static final int LARGEST_WEIGHT = 1_000_000;
  private static final ValueKind<Address> ADDRESS =
      ValueKind.address(ServerSettings.DEFAULT_PORT, 1);

  /** Twemproxy's {@code host:port:weight}, with or without a name. */
  private static final Pattern WITH_WEIGHT = Pattern.compile("[^:\\[]+:\\d+:\\d+(?: .*)?");

  private final Map<String, String> pathsByName = new HashMap<>();
  private final Map<Address, String> pathsByAddress = new HashMap<>();

  /** The server or servers, or nothing when they were refused. */
  Stream<ServerSettings> read(ConfigValue value) {
    String text = value.text();
    if (text != null && ServerRange.isRange(text)) {
      return readRange(value, text);
    }
    ServerSettings server =
        value.isScalar() ? readShort(value) : value.map(EXPECTED, ServerReader::readMap);
    if (server == null) {
      return Stream.empty();
    }
    refuseSharedName(value, server);
    return Stream.of(server);
  }

  private Stream<ServerSettings> readRange(ConfigValue value, String text) {
    List<String> addresses = ServerRange.expand(text);
    if (addresses.isEmpty()) {
      value.refuse(ServerRange.EXPECTED);
      return Stream.empty();
    }
    List<ServerSettings> servers = new ArrayList<>();
    for (String address : addresses) {
      try {
        servers.add(ServerSettings.at(AddressText.parse(address, ServerSettings.DEFAULT_PORT, 1)));
      } catch (BadValueException e) {
        value.refuse(e.expected());
        return Stream.empty();
      }
    }
    servers.forEach(server -> refuseSharedName(value, server));
    return servers.stream();
  }

  private static @Nullable ServerSettings readShort(ConfigValue value) {
    Address address = readAddress(value);
    return address == null ? null : ServerSettings.at(address);
  }

  private static @Nullable ServerSettings readMap(MappingReader map) {
    String name = map.optional("name", "", ValueKind.word());
    Address address = map.required("address", AddressText.EXPECTED, ServerReader::readAddress);
    int weight = map.optional("weight", 1, ValueKind.wholeNumber(1, LARGEST_WEIGHT));
    boolean tls = map.optional("tls", true, ValueKind.flag());
    if (address == null) {
      return null;
    }
    return new ServerSettings(
        name.isEmpty() ? ServerSettings.ringName(address) : name, address, weight, tls);
  }

  private static @Nullable Address readAddress(ConfigValue value) {
    String text = value.text();
    if (text != null && WITH_WEIGHT.matcher(text).matches()) {
      return value.refuse(
          AddressText.EXPECTED,
          "a weight or name needs the long form { name: …, address: …, weight: … }");
    }
    return ADDRESS.read(value);
  }

  private void refuseSharedName(ConfigValue value, ServerSettings server) {
    String sameName = pathsByName.putIfAbsent(server.name(), value.path());
    String sameAddress = pathsByAddress.putIfAbsent(server.address(), value.path());
    if (sameName != null) {
      value.refuseAs(
          "name " + QuotedText.shorten(server.name()),
          "a name of its own, not that of " + sameName,
          null);
    } else if (sameAddress != null) {
      value.warnAs(
          server.address().toString(), "an address of its own, not that of " + sameAddress);
    }
  }
}
