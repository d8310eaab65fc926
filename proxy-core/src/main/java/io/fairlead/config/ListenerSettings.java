package io.fairlead.config;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A port or socket that clients connect to.
 *
 * @param target the name of the pool, or of the tree of routes, that answers its requests
 * @param allow commands that are refused unless named here
 * @param connections most client connections of this listener; 0 for no limit of its own, so that
 *     only that of the proxy holds
 * @param onParseError what a client gets for a line that is no valid request
 * @param introspectionFrom clients that may ask the proxy about itself as mcrouter is asked; none
 *     when it does not answer that
 * @param tls how it speaks TLS; null when it speaks in the clear
 * @param access who clients are and what they may do
 * @param limits those of its clients; null for those of the proxy
 */
public record ListenerSettings(
    Address address,
    String target,
    Set<GuardedCommand> allow,
    SocketSettings socket,
    int connections,
    ParseError onParseError,
    List<AddressRange> introspectionFrom,
    @Nullable ListenerTlsSettings tls,
    AccessSettings access,
    @Nullable ClientLimits limits) {
  public static final int DEFAULT_PORT = 5000;

  /** Where the only pool is served when no listener is configured: this machine only. */
  public static final Address DEFAULT_ADDRESS = new Address.Tcp("127.0.0.1", DEFAULT_PORT);

  /** Those who may ask the proxy about itself where nothing else is said: this machine. */
  public static final List<AddressRange> DEFAULT_INTROSPECTION =
      List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1"));

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ListenerSettings(
      Address address,
      String target,
      Set<GuardedCommand> allow,
      SocketSettings socket,
      int connections,
      ParseError onParseError,
      List<AddressRange> introspectionFrom,
      @Nullable ListenerTlsSettings tls,
      AccessSettings access,
      @Nullable ClientLimits limits) {
    this.address = address;
    this.target = target;
    this.allow = Set.copyOf(allow);
    this.socket = socket;
    this.connections = connections;
    this.onParseError = onParseError;
    this.introspectionFrom = List.copyOf(introspectionFrom);
    this.tls = tls;
    this.access = access;
    this.limits = limits;
  }

  /** A listener with every other setting at its default. */
  public static ListenerSettings of(Address address, String target) {
    return new ListenerSettings(
        address,
        target,
        Set.of(),
        SocketSettings.DEFAULT,
        0,
        ParseError.ANSWER,
        List.of(),
        null,
        AccessSettings.OPEN,
        null);
  }

  /** A listener that allows some commands, and has every other setting at its default. */
  public static ListenerSettings of(Address address, String target, Set<GuardedCommand> allow) {
    return with(address, target).allow(allow).build();
  }

  /** Begins a listener of which some settings will not be at their defaults. */
  public static ListenerBuilder with(Address address, String target) {
    return of(address, target).change();
  }

  /** Begins one that differs from this. */
  public ListenerBuilder change() {
    return new ListenerBuilder(this);
  }

  /** The limits of its clients, which are these unless it has its own. */
  public ClientLimits limitsOr(ClientLimits ofProxy) {
    return limits == null ? ofProxy : limits;
  }

  /** Whether something but the network says who may connect. */
  public boolean isGuarded() {
    return tls != null || access.users() != null;
  }

  /** Whether anyone may ask the proxy about itself. */
  public boolean hasIntrospection() {
    return !introspectionFrom.isEmpty();
  }

  /** Whether that client may; one of a unix socket is let in by the mode of the socket. */
  public boolean introspects(@Nullable SocketAddress client) {
    if (address instanceof Address.Unix) {
      return hasIntrospection();
    }
    return client instanceof InetSocketAddress inet
        && introspectionFrom.stream().anyMatch(range -> range.contains(inet.getAddress()));
  }

  /** How a proxy answers questions about itself. */
  public enum Introspection {
    NONE,
    /** As mcrouter does. */
    MCROUTER
  }

  /** Commands that reach every server and so must be asked for by name. */
  public enum GuardedCommand {
    FLUSH_ALL
  }

  /** What becomes of a client that sends a line which is no valid request. */
  public enum ParseError {
    /** It gets the error line that memcached would send, and goes on. */
    ANSWER,
    /** It is closed without an error line, as twemproxy does. */
    CLOSE
  }
}
