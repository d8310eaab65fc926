package io.fairlead.config;

import java.time.Duration;

/** Limits of clients that differ from others in what is given. */
public final class ClientLimitBuilder {
  private int valueBytes;
  private int lineBytes;
  private int getLineBytes;
  private int keysPerGet;
  private int clientBufferBytes;
  private Duration clientTimeout;
  private int clientRequests;
  private int connectionsPerAddress;
  private Duration idleTimeout;
  private Duration commandTimeout;
  private int requestsPerSecond;
  private int requestBurst;

  ClientLimitBuilder(ClientLimits from) {
    valueBytes = from.valueBytes();
    lineBytes = from.lineBytes();
    getLineBytes = from.getLineBytes();
    keysPerGet = from.keysPerGet();
    clientBufferBytes = from.clientBufferBytes();
    clientTimeout = from.clientTimeout();
    clientRequests = from.clientRequests();
    connectionsPerAddress = from.connectionsPerAddress();
    idleTimeout = from.idleTimeout();
    commandTimeout = from.commandTimeout();
    requestsPerSecond = from.requestsPerSecond();
    requestBurst = from.requestBurst();
  }

  public ClientLimitBuilder valueBytes(int value) {
    valueBytes = value;
    return this;
  }

  public ClientLimitBuilder lineBytes(int value) {
    lineBytes = value;
    return this;
  }

  public ClientLimitBuilder getLineBytes(int value) {
    getLineBytes = value;
    return this;
  }

  public ClientLimitBuilder keysPerGet(int value) {
    keysPerGet = value;
    return this;
  }

  public ClientLimitBuilder clientBufferBytes(int value) {
    clientBufferBytes = value;
    return this;
  }

  public ClientLimitBuilder clientTimeout(Duration value) {
    clientTimeout = value;
    return this;
  }

  public ClientLimitBuilder clientRequests(int value) {
    clientRequests = value;
    return this;
  }

  public ClientLimitBuilder connectionsPerAddress(int value) {
    connectionsPerAddress = value;
    return this;
  }

  public ClientLimitBuilder idleTimeout(Duration value) {
    idleTimeout = value;
    return this;
  }

  public ClientLimitBuilder commandTimeout(Duration value) {
    commandTimeout = value;
    return this;
  }

  public ClientLimitBuilder requestsPerSecond(int value) {
    requestsPerSecond = value;
    return this;
  }

  public ClientLimitBuilder requestBurst(int value) {
    requestBurst = value;
    return this;
  }

  public ClientLimits build() {
    return new ClientLimits(
        valueBytes,
        lineBytes,
        getLineBytes,
        keysPerGet,
        clientBufferBytes,
        clientTimeout,
        clientRequests,
        connectionsPerAddress,
        idleTimeout,
        commandTimeout,
        requestsPerSecond,
        requestBurst);
  }
}
