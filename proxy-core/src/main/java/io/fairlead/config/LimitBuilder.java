package io.fairlead.config;

import java.time.Duration;
import java.util.function.Consumer;

/** Limits that differ from others in what is given. */
public final class LimitBuilder {
  private final ClientLimitBuilder clients;
  private int serverRequests;
  private int serverBufferBytes;
  private long loopBytes;
  private int connections;
  private LoadSettings load;

  LimitBuilder(LimitSettings from) {
    clients = from.clients().change();
    serverRequests = from.serverRequests();
    serverBufferBytes = from.serverBufferBytes();
    loopBytes = from.loopBytes();
    connections = from.connections();
    load = from.load();
  }

  /** Changes those of clients that have no method here. */
  public LimitBuilder clients(Consumer<ClientLimitBuilder> change) {
    change.accept(clients);
    return this;
  }

  public LimitBuilder valueBytes(int value) {
    clients.valueBytes(value);
    return this;
  }

  public LimitBuilder lineBytes(int value) {
    clients.lineBytes(value);
    return this;
  }

  public LimitBuilder getLineBytes(int value) {
    clients.getLineBytes(value);
    return this;
  }

  public LimitBuilder clientBufferBytes(int value) {
    clients.clientBufferBytes(value);
    return this;
  }

  public LimitBuilder clientTimeout(Duration value) {
    clients.clientTimeout(value);
    return this;
  }

  public LimitBuilder clientRequests(int value) {
    clients.clientRequests(value);
    return this;
  }

  public LimitBuilder serverRequests(int value) {
    serverRequests = value;
    return this;
  }

  public LimitBuilder serverBufferBytes(int value) {
    serverBufferBytes = value;
    return this;
  }

  public LimitBuilder loopBytes(long value) {
    loopBytes = value;
    return this;
  }

  public LimitBuilder connections(int value) {
    connections = value;
    return this;
  }

  public LimitBuilder load(LoadSettings value) {
    load = value;
    return this;
  }

  public LimitSettings build() {
    return new LimitSettings(
        clients.build(), serverRequests, serverBufferBytes, loopBytes, connections, load);
  }
}
