package io.fairlead.config;

import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a listener that differ from others in what is given. */
public final class ListenerBuilder {
  private Address address;
  private String target;
  private Set<GuardedCommand> allow;
  private SocketSettings socket;
  private int connections;
  private ParseError onParseError;
  private List<AddressRange> introspectionFrom;
  private @Nullable ListenerTlsSettings tls;
  private AccessSettings access;
  private @Nullable ClientLimits limits;

  ListenerBuilder(ListenerSettings from) {
    address = from.address();
    target = from.target();
    allow = from.allow();
    socket = from.socket();
    connections = from.connections();
    onParseError = from.onParseError();
    introspectionFrom = from.introspectionFrom();
    tls = from.tls();
    access = from.access();
    limits = from.limits();
  }

  public ListenerBuilder address(Address value) {
    address = value;
    return this;
  }

  public ListenerBuilder target(String value) {
    target = value;
    return this;
  }

  public ListenerBuilder allow(Set<GuardedCommand> value) {
    allow = value;
    return this;
  }

  public ListenerBuilder socket(SocketSettings value) {
    socket = value;
    return this;
  }

  public ListenerBuilder connections(int value) {
    connections = value;
    return this;
  }

  public ListenerBuilder onParseError(ParseError value) {
    onParseError = value;
    return this;
  }

  public ListenerBuilder introspectionFrom(List<AddressRange> value) {
    introspectionFrom = value;
    return this;
  }

  public ListenerBuilder tls(@Nullable ListenerTlsSettings value) {
    tls = value;
    return this;
  }

  public ListenerBuilder access(AccessSettings value) {
    access = value;
    return this;
  }

  public ListenerBuilder limits(@Nullable ClientLimits value) {
    limits = value;
    return this;
  }

  public ListenerSettings build() {
    return new ListenerSettings(
        address,
        target,
        allow,
        socket,
        connections,
        onParseError,
        introspectionFrom,
        tls,
        access,
        limits);
  }
}
