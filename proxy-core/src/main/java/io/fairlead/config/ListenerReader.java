package io.fairlead.config;

import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.Introspection;
import io.fairlead.config.ListenerSettings.ParseError;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads listeners: an address, or a map. */
final class ListenerReader {
  private static final String EXPECTED = "an address, or a map with address";
  private static final String RANGE = "an IP address, or a network such as 10.0.0.0/8";
  private static final String RANGES = "a list of addresses, such as [127.0.0.0/8, \"::1\"]";
  static final int MOST_CONNECTIONS = 1 << 20;
  private static final ValueKind<Address> ADDRESS =
      ValueKind.address(ListenerSettings.DEFAULT_PORT, 0);
  private static final ValueKind<GuardedCommand> COMMAND = ValueKind.oneOf(GuardedCommand.class);

  private final Targets targets;
  private final Bindings bindings;
  private final ClientLimits limitsOfProxy;

  ListenerReader(Targets targets, Bindings bindings, ClientLimits limitsOfProxy) {
    this.targets = targets;
    this.bindings = bindings;
    this.limitsOfProxy = limitsOfProxy;
  }

  /** The listener, or nothing when it was refused. */
  Stream<ListenerSettings> read(ConfigValue value) {
    return Stream.ofNullable(
        value.isScalar() ? readShort(value) : value.map(EXPECTED, this::readMap));
  }

  private @Nullable ListenerSettings readShort(ConfigValue value) {
    Address address = readAddress(value);
    String target = targets.onlyFor(value);
    return address == null ? null : ListenerSettings.of(address, target);
  }

  private @Nullable ListenerSettings readMap(MappingReader map) {
    Address address = map.required("address", AddressText.EXPECTED, this::readAddress);
    ConfigValue pool = map.take("pool");
    ConfigValue route = map.take("route");
    ConfigValue givenAllow = map.peek("allow");
    Set<GuardedCommand> allow = map.optional("allow", Set.of(), ListenerReader::readAllow);
    SocketSettings socket = readSocket(map, address);
    int connections = map.optional("connections", 0, ValueKind.wholeNumber(0, MOST_CONNECTIONS));
    ParseError onParseError =
        map.optional("on_parse_error", ParseError.ANSWER, ValueKind.oneOf(ParseError.class));
    List<AddressRange> introspection = readIntrospection(map);
    ListenerTlsSettings tls = map.orNull("tls", TlsReader::ofListener);
    AccessSettings access = AccessReader.read(map, givenAllow);
    ConfigValue limits = map.take("limits");
    ClientLimits ownLimits = limits == null ? null : LimitReader.read(limits, limitsOfProxy);
    String target = targets.read(map.map(), pool, route);
    return address == null
        ? null
        : ListenerSettings.with(address, target)
            .allow(allow)
            .socket(socket)
            .connections(connections)
            .onParseError(onParseError)
            .introspectionFrom(introspection)
            .tls(tls)
            .access(access)
            .limits(ownLimits)
            .build();
  }

  private static List<AddressRange> readIntrospection(MappingReader map) {
    Introspection how =
        map.optional("introspection", Introspection.NONE, ValueKind.oneOf(Introspection.class));
    ConfigValue from = map.take("introspection_from");
    if (how == Introspection.NONE) {
      if (from != null) {
        from.refuse("nothing, as introspection is none");
      }
      return List.of();
    }
    return from == null ? ListenerSettings.DEFAULT_INTROSPECTION : readRanges(from);
  }

  private static List<AddressRange> readRanges(ConfigValue value) {
    List<ConfigValue> elements = value.list(RANGES);
    List<AddressRange> ranges =
        elements.stream().map(ListenerReader::readRange).filter(Objects::nonNull).toList();
    return elements.isEmpty() ? ListenerSettings.DEFAULT_INTROSPECTION : ranges;
  }

  private static @Nullable AddressRange readRange(ConfigValue value) {
    String text = value.text();
    try {
      return text == null ? value.refuse(RANGE) : AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      return value.refuse(RANGE);
    }
  }

  private static SocketSettings readSocket(MappingReader map, @Nullable Address address) {
    SocketSettings defaults = SocketSettings.DEFAULT;
    boolean isTcp = address instanceof Address.Tcp;
    boolean isUnix = address instanceof Address.Unix;
    return new SocketSettings(
        map.optional("backlog", defaults.backlog(), ValueKind.wholeNumber(1, 65535)),
        map.optional("keepalive", defaults.keepAlive(), ValueKind.flag()),
        map.optional("reuse_port", defaults.reusePort(), value -> readReusePort(value, isUnix)),
        readMode(map.take("mode"), isTcp));
  }

  private static @Nullable Boolean readReusePort(ConfigValue value, boolean isUnix) {
    Boolean wanted = ValueKind.flag().read(value);
    if (isUnix && Boolean.TRUE.equals(wanted)) {
      value.warn("false, as only a TCP port can be shared");
    }
    return wanted;
  }

  private static @Nullable Integer readMode(@Nullable ConfigValue value, boolean isTcp) {
    if (value == null) {
      return null;
    }
    return isTcp ? value.refuse("nothing, as only a unix socket has it") : SocketMode.read(value);
  }

  private @Nullable Address readAddress(ConfigValue value) {
    Address address = ADDRESS.read(value);
    String owner = address == null ? null : bindings.claim(address, value.path());
    if (owner == null) {
      return address;
    }
    return value.refuse(
        "an address of its own, not that of " + owner,
        owner.equals("admin") ? "set admin to another address, or to false" : null);
  }

  private static Set<GuardedCommand> readAllow(ConfigValue value) {
    Set<GuardedCommand> commands = EnumSet.noneOf(GuardedCommand.class);
    for (ConfigValue element : value.list("a list of commands, such as [flush_all]")) {
      GuardedCommand command = COMMAND.read(element);
      if (command != null && !commands.add(command)) {
        element.refuse("each command once");
      }
    }
    return commands;
  }
}
