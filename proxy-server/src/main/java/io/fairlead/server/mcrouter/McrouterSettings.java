package io.fairlead.server.mcrouter;

import io.fairlead.config.Address;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerBuilder;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.SocketSettings;
import io.fairlead.config.SpoolSettings;
import io.fairlead.config.ThreadSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the settings of a proxy from a command line and the configuration that it names. */
public final class McrouterSettings {
  /** Takes clients of IPv4 and, where the machine has it, of IPv6. */
  private static final String EVERY_INTERFACE = "0.0.0.0";

  private static final int MOST_REQUESTS = 1 << 20;
  private static final int MOST_CLIENTS = 1 << 20;
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private McrouterSettings() {}

  /** Without an admin port, because several proxies on one machine would want the same. */
  public static ProxySettings of(McrouterOptions options, LoadedRoutes routes) {
    return ProxySettings.of(listeners(options, routes.target()), routes.pools())
        .threads(
            new ThreadSettings(
                options.threads().count(),
                ThreadSettings.DEFAULT.transport(),
                ThreadSettings.DEFAULT.rest()))
        .limits(limits(options))
        .routes(routes.trees())
        .deleteSpool(spool(options.spool()))
        .build();
  }

  private static @Nullable SpoolSettings spool(SpoolOptions options) {
    if (!options.on()) {
      return null;
    }
    SpoolSettings usual = SpoolSettings.in(Path.of(options.folder()));
    return options.secondForm() ? usual.withVersion(2) : usual;
  }

  private static List<ListenerSettings> listeners(McrouterOptions options, String target) {
    Integer backlog = options.listen().backlog();
    SocketSettings usual = SocketSettings.DEFAULT;
    SocketSettings socket =
        new SocketSettings(
            backlog == null ? usual.backlog() : backlog,
            usual.keepAlive(),
            usual.reusePort(),
            usual.mode(),
            options.listen().inheritedSocket() < 0 ? null : options.listen().inheritedSocket());
    Set<GuardedCommand> allow =
        options.routing().flushAllowed() ? Set.of(GuardedCommand.FLUSH_ALL) : Set.of();
    UnaryOperator<ListenerBuilder> common =
        listener ->
            listener
                .allow(allow)
                .socket(socket)
                .introspectionFrom(options.listen().introspectionFrom());
    List<ListenerSettings> listeners = new ArrayList<>();
    for (Address at : addresses(options.listen())) {
      listeners.add(common.apply(ListenerSettings.with(at, target)).build());
    }
    for (Address at : secureAddresses(options)) {
      ListenerBuilder listener = ListenerSettings.with(at, target);
      listeners.add(common.apply(listener).tls(options.tls().toClients()).build());
    }
    return listeners;
  }

  /** A socket takes the place of these, too. */
  private static List<Address> secureAddresses(McrouterOptions options) {
    ListenOptions listen = options.listen();
    return listen.inheritedSocket() >= 0 || listen.unixSocket() != null
        ? List.of()
        : ports(listen, options.tls().ports());
  }

  /** A socket takes the place of all ports, as with mcrouter; what is inherited, of both. */
  private static List<Address> addresses(ListenOptions listen) {
    if (listen.inheritedSocket() >= 0) {
      return List.of(new Address.Tcp(EVERY_INTERFACE, 0));
    }
    if (listen.unixSocket() != null) {
      return List.of(new Address.Unix(listen.unixSocket()));
    }
    return ports(listen, listen.ports());
  }

  private static List<Address> ports(ListenOptions listen, List<Integer> ports) {
    List<String> hosts =
        listen.addresses().isEmpty() ? List.of(EVERY_INTERFACE) : listen.addresses();
    List<Address> addresses = new ArrayList<>();
    for (String host : hosts) {
      for (int port : ports) {
        addresses.add(new Address.Tcp(host, port));
      }
    }
    return addresses;
  }

  private static LimitSettings limits(McrouterOptions options) {
    LimitSettings usual = LimitSettings.DEFAULT;
    Duration timeout = options.listen().clientTimeout();
    return LimitSettings.ofOtherProxies()
        .clientTimeout(
            timeout == null
                ? usual.clients().clientTimeout()
                : timeout.isZero() ? FOR_EVER : timeout)
        .clientRequests(
            clientRequests(options.listen().clientRequests(), usual.clients().clientRequests()))
        .serverRequests(serverRequests(options.servers(), usual.serverRequests()))
        .connections(clients(options.listen().mostClients(), usual.connections()))
        .load(options.load())
        .build();
  }

  /** Requests that wait for a server have been sent to it; both kinds together are bounded. */
  private static int serverRequests(ServerOptions servers, int usual) {
    long most = (long) servers.inFlight() + servers.pending();
    return servers.inFlight() == 0 ? usual : (int) Math.min(most, MOST_REQUESTS);
  }

  /** As many as can be for 0, which is mcrouter's word for no limit. */
  private static int clientRequests(@Nullable Integer asked, int usual) {
    if (asked == null) {
      return usual;
    }
    return asked == 0 ? MOST_REQUESTS : Math.min(asked, MOST_REQUESTS);
  }

  /** mcrouter takes 1 for "as many as there are descriptors". */
  private static int clients(int asked, int usual) {
    return asked <= 1 ? usual : Math.min(asked, MOST_CLIENTS);
  }
}
