package io.fairlead.config;

import java.time.Duration;

/** Limits that differ from others in what is given. */
public final class LimitBuilder {
  private int valueBytes;
  private int lineBytes;
  private int getLineBytes;
  private int clientBufferBytes;
  private Duration clientTimeout;
  private int clientRequests;
  private int serverRequests;
  private int serverBufferBytes;
  private long loopBytes;
  private int connections;
  private LoadSettings load;

  LimitBuilder(LimitSettings from) {
    valueBytes = from.valueBytes();
    lineBytes = from.lineBytes();
    getLineBytes = from.getLineBytes();
    clientBufferBytes = from.clientBufferBytes();
    clientTimeout = from.clientTimeout();
    clientRequests = from.clientRequests();
    serverRequests = from.serverRequests();
    serverBufferBytes = from.serverBufferBytes();
    loopBytes = from.loopBytes();
    connections = from.connections();
    load = from.load();
  }

  public LimitBuilder valueBytes(int value) {
    valueBytes = value;
    return this;
  }

  public LimitBuilder lineBytes(int value) {
    lineBytes = value;
    return this;
  }

  public LimitBuilder getLineBytes(int value) {
    getLineBytes = value;
    return this;
  }

  public LimitBuilder clientBufferBytes(int value) {
    clientBufferBytes = value;
    return this;
  }

  public LimitBuilder clientTimeout(Duration value) {
    clientTimeout = value;
    return this;
  }

  public LimitBuilder clientRequests(int value) {
    clientRequests = value;
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
        valueBytes,
        lineBytes,
        getLineBytes,
        clientBufferBytes,
        clientTimeout,
        clientRequests,
        serverRequests,
        serverBufferBytes,
        loopBytes,
        connections,
        load);
  }
}
