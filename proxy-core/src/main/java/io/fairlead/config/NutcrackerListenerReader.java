package io.fairlead.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the pools of a nutcracker.yml say about their clients. */
final class NutcrackerListenerReader {
  private static final int DEFAULT_BACKLOG = 512;
  private static final int MOST_BACKLOG = 65535;

  private final LoadOptions.Foreign options;
  private final Bindings bindings = new Bindings();
  private final Map<String, String> pathsByText = new HashMap<>();
  private boolean isDefaultAdminFree = true;

  NutcrackerListenerReader(LoadOptions options) {
    this.options = options.foreign();
    LoadOptions.Admin admin = options.admin();
    if (admin == null) {
      bindings.claim(ProxySettings.DEFAULT_ADMIN, Bindings.ADMIN);
    } else if (admin.address() != null) {
      bindings.claim(admin.address(), Bindings.ADMIN_OPTION);
    }
  }

  /** The listener of a pool; null when its address was refused. */
  @Nullable ListenerSettings read(String pool, MappingReader map) {
    NutcrackerListen listen = map.required("listen", NutcrackerListen.EXPECTED, this::readAddress);
    SocketSettings socket = readSocket(map, listen);
    int connections = map.optional("client_connections", 0, NutcrackerListenerReader::readClients);
    return listen == null
        ? null
        : ListenerSettings.with(listen.address(), pool)
            .socket(socket)
            .connections(connections)
            .onParseError(options.onParseError())
            .build();
  }

  /** Whether the default address of the admin port is that of no pool. */
  boolean isDefaultAdminFree() {
    return isDefaultAdminFree;
  }

  private static SocketSettings readSocket(MappingReader map, @Nullable NutcrackerListen listen) {
    SocketSettings defaults = SocketSettings.DEFAULT;
    return new SocketSettings(
        map.optional("backlog", DEFAULT_BACKLOG, NutcrackerNumber.clamped(1, MOST_BACKLOG)),
        map.optional("tcpkeepalive", defaults.keepAlive(), NutcrackerNumber.flag()),
        map.optional("reuseport", defaults.reusePort(), NutcrackerNumber.flag()),
        listen == null ? null : listen.mode());
  }

  private static @Nullable Integer readClients(ConfigValue value) {
    Integer most = NutcrackerNumber.clamped(0, ListenerReader.MOST_CONNECTIONS).read(value);
    if (most != null && most > 0) {
      value.warn("a limit that is meant, or 0, as Fairlead enforces what nutcracker does not");
    }
    return most;
  }

  private @Nullable NutcrackerListen readAddress(ConfigValue value) {
    NutcrackerListen listen = NutcrackerListen.read(value);
    if (listen == null) {
      return null;
    }
    String twin = pathsByText.putIfAbsent(String.valueOf(value.source()), value.path());
    if (twin != null) {
      return value.refuse("an address of its own, not that of " + twin);
    }
    String owner = bindings.claim(listen.address(), value.path());
    return owner == null ? listen : readTaken(value, listen, owner);
  }

  /** nutcracker compares texts, and leaves what they mean to the start. */
  private @Nullable NutcrackerListen readTaken(
      ConfigValue value, NutcrackerListen listen, String owner) {
    if (owner.equals(Bindings.ADMIN_OPTION)) {
      return value.refuse("an address of its own, not that of " + owner);
    }
    if (owner.equals(Bindings.ADMIN)) {
      isDefaultAdminFree = false;
      value.warn(
          "another port than 5001, where Fairlead has its admin port; that stays closed now,"
              + " --admin ADDR:PORT opens it elsewhere");
      return listen;
    }
    value.warn("an address of its own; where " + owner + " listens, this pool cannot");
    return listen;
  }
}
