package io.fairlead.testkit;

import io.fairlead.testkit.cache.Cache;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A memcached inside this JVM that now and then answers as no memcached should, and notes requests
 * that came twice.
 *
 * <p>Every connection has its own thread and its own plan of faults, which follows from the seed
 * and the number of the connection.
 */
public final class FaultyMemcached implements AutoCloseable {
  private final long seed;
  private final int oneIn;
  private final Duration late;
  private final Cache cache = new Cache(Clock.systemUTC(), Cache.DEFAULT_MEMORY_LIMIT);
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Map<Fault, Integer> made = new EnumMap<>(Fault.class);
  private final Repeats repeats = new Repeats();
  private final Listener listener;

  private FaultyMemcached(long seed, int oneIn, Duration late) {
    this.seed = seed;
    this.oneIn = oneIn;
    this.late = late;
    this.listener = new Listener("faulty-memcached", this::onAccepted);
  }

  /**
   * Starts one on a free port.
   *
   * @param oneIn so many requests goes wrong, on average
   * @param late how long a late reply takes
   */
  public static FaultyMemcached start(long seed, int oneIn, Duration late) {
    return new FaultyMemcached(seed, oneIn, late);
  }

  public int port() {
    return listener.port();
  }

  /** How often each fault was made. */
  public Map<Fault, Integer> faults() {
    synchronized (made) {
      return new EnumMap<>(made);
    }
  }

  /** Stores and counts of which the very same request has come before. */
  public List<String> repeats() {
    return repeats.found();
  }

  /** Stores and counts that have come. */
  public int watched() {
    return repeats.count();
  }

  @Override
  public void close() {
    listener.close();
    connections.forEach(Listener::closeQuietly);
  }

  private void onAccepted(Socket socket) {
    connections.add(socket);
    FaultPlan plan = new FaultPlan(seed + 31L * accepted.incrementAndGet(), oneIn);
    Daemon.start("faulty-memcached-" + port(), () -> serve(socket, plan));
  }

  private void serve(Socket socket, FaultPlan plan) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new FaultyConnection(this, socket, plan).serve();
    } catch (IOException e) {
      // The proxy has closed the connection, or a fault has.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  Cache cache() {
    return cache;
  }

  Duration late() {
    return late;
  }

  void onRequest(String line, byte[] request) {
    repeats.note(line, request);
  }

  void onFault(Fault fault) {
    synchronized (made) {
      made.merge(fault, 1, Integer::sum);
    }
  }
}
