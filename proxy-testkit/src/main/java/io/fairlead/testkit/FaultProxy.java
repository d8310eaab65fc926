package io.fairlead.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay in front of a real server that can be told, at run time, to misbehave.
 *
 * <p>Faults act on chunks, a chunk being what one read gave, on open connections as well as on new
 * ones; they add up until {@link #heal}. Delayed and held chunks are not lost.
 */
public final class FaultProxy implements AutoCloseable {
  private final SocketAddress target;
  private final Faults faults = new Faults();
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
  private final AtomicInteger acceptedCount = new AtomicInteger();
  private final Listener listener;

  private FaultProxy(SocketAddress target) {
    this.target = target;
    this.listener = new Listener("fault-proxy", this::onAccepted);
  }

  public static FaultProxy to(SocketAddress target) {
    return new FaultProxy(target);
  }

  public static FaultProxy to(MemcachedServer server) {
    return to(new InetSocketAddress(server.host(), server.port()));
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return listener.port();
  }

  public SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /** Holds each chunk from the client back for that long. */
  public FaultProxy delayRequests(Duration time) {
    faults.change(all -> all.requestDelay = time);
    return this;
  }

  /** Holds each chunk from the server back for that long. */
  public FaultProxy delayReplies(Duration time) {
    faults.change(all -> all.replyDelay = time);
    return this;
  }

  /** Lets nothing pass in either direction until {@link #heal}, which then delivers everything. */
  public FaultProxy hold() {
    faults.change(all -> all.held = true);
    return this;
  }

  /** Throws away every byte of both directions and keeps the connections open. */
  public FaultProxy blackHole() {
    faults.change(all -> all.blackHole = true);
    return this;
  }

  /** Closes a connection after that many more bytes of replies, counted over all connections. */
  public FaultProxy cutAfter(long replyBytes) {
    faults.change(all -> all.bytesUntilCut = replyBytes);
    return this;
  }

  /** Inverts the first byte of every chunk from the server. */
  public FaultProxy corruptReplies() {
    faults.change(all -> all.corrupt = true);
    return this;
  }

  /** Sends every chunk from the server twice. */
  public FaultProxy duplicateReplies() {
    faults.change(all -> all.duplicate = true);
    return this;
  }

  /** Ends all faults; what was held back is delivered now. */
  public FaultProxy heal() {
    faults.heal();
    return this;
  }

  /** Refuses connections from now on; those that were accepted stay open. */
  public FaultProxy refuse() {
    listener.refuse();
    return this;
  }

  /** Accepts connections again, on the same port. */
  public FaultProxy listen() {
    listener.listen();
    return this;
  }

  public void closeConnections() {
    relays.forEach(Relay::close);
  }

  public void resetConnections() {
    relays.forEach(Relay::reset);
  }

  /** How many connections were accepted so far. */
  public int acceptedCount() {
    return acceptedCount.get();
  }

  public int openConnectionCount() {
    return relays.size();
  }

  @Override
  public void close() {
    listener.close();
    closeConnections();
    faults.heal();
  }

  private void onAccepted(Socket client) {
    int number = acceptedCount.incrementAndGet();
    Daemon.start("fault-proxy-" + port() + "-" + number, () -> relay(client));
  }

  private void relay(Socket client) {
    Socket server = new Socket();
    try {
      server.connect(target);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      Listener.closeQuietly(client);
      Listener.closeQuietly(server);
      return;
    }
    Relay relay = new Relay(client, server, faults);
    relays.add(relay);
    try {
      relay.run();
    } finally {
      relays.remove(relay);
    }
  }
}
