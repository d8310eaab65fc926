package io.fairlead.server.process;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourceSettings;
import io.fairlead.server.command.Choices;
import io.fairlead.server.command.Version;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The lines a proxy logs at start: which version, which pools, what listens where. */
final class Banner {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final int SERVERS_SHOWN = 8;

  private Banner() {}

  static void logPlaces(ProxySettings settings, ProxyProcess process) {
    settings.pools().forEach(Banner::logPool);
    List<SocketAddress> addresses = process.addresses();
    for (int i = 0; i < addresses.size(); i++) {
      logListener(addresses.get(i), settings.listeners().get(i));
    }
    InetSocketAddress admin = process.adminAddress();
    if (admin != null) {
      LOG.atInfo().addKeyValue("url", "http://" + text(admin)).log("admin listening");
      warnIfOpen(admin, "the admin port");
    }
    InetSocketAddress stats = process.statsAddress();
    if (stats != null) {
      LOG.atInfo().addKeyValue("address", text(stats)).log("statistics port listening");
      warnIfOpen(stats, "the statistics port");
    }
  }

  static void logReady() {
    LOG.atInfo()
        .addKeyValue("version", Version.text())
        .addKeyValue("java", Runtime.version())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log("ready");
  }

  private static void logPool(PoolSettings pool) {
    LoggingEventBuilder event =
        LOG.atInfo()
            .addKeyValue("pool", pool.name())
            .addKeyValue("mode", Choices.word(pool.mode()))
            .addKeyValue("servers", servers(pool.servers()));
    for (SourceSettings source : pool.discovery().sources()) {
      event = event.addKeyValue("source", source.place());
    }
    event.log("pool");
  }

  private static void logListener(SocketAddress address, ListenerSettings listener) {
    LOG.atInfo()
        .addKeyValue("address", text(address))
        .addKeyValue("pool", listener.target())
        .log("listening");
    if (!listener.isGuarded()) {
      warnIfOpen(address, "this port");
    }
    if (isOpen(address) && tellsOthers(listener)) {
      LOG.atWarn()
          .addKeyValue("address", text(address))
          .log(
              "other machines can read the configuration at this port (introspection);"
                  + " introspection_from in the file, or --introspection-from, says which may");
    }
  }

  private static boolean tellsOthers(ListenerSettings listener) {
    return listener.introspectionFrom().stream()
        .anyMatch(range -> !range.network().isLoopbackAddress());
  }

  private static boolean isOpen(SocketAddress address) {
    return address instanceof InetSocketAddress inet && !inet.getAddress().isLoopbackAddress();
  }

  private static void warnIfOpen(SocketAddress address, String what) {
    if (isOpen(address)) {
      LOG.atWarn()
          .addKeyValue("address", text(address))
          .log("other machines can reach {}, which has no TLS and no authentication", what);
    }
  }

  /** All servers, or the first few and how many there are. */
  static String servers(List<ServerSettings> servers) {
    String shown =
        servers.stream()
            .limit(SERVERS_SHOWN)
            .map(server -> server.address().toString())
            .collect(Collectors.joining(" "));
    return servers.size() <= SERVERS_SHOWN ? shown : shown + " … of " + servers.size();
  }

  /** {@code host:port}, without the slash that Java prints, or the path of a socket. */
  static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return "unix:" + address;
    }
    if (inet.getAddress().isAnyLocalAddress()) {
      return "*:" + inet.getPort();
    }
    String host = inet.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
  }
}
