package io.fairlead.server.warmup;

import io.fairlead.config.Address;
import io.fairlead.testkit.cache.Cache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Plays a memcached, on a port of this machine that the system chooses.
 *
 * <p>With the sockets of the JDK and a thread for each connection: were it made with Netty, too,
 * Java would compile the proxy for handlers that are gone when clients come.
 */
final class PracticeServer implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final long FAREWELL_MILLIS = 500;
  private static final long MEMORY = 8 << 20;
  private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final Cache cache = new Cache(STANDING, MEMORY);
  private final ServerSocket listener;
  private final List<Socket> connections = new ArrayList<>();
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private boolean isClosed;

  private PracticeServer(ServerSocket listener) {
    this.listener = listener;
  }

  static PracticeServer start() throws IOException {
    ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    PracticeServer server = new PracticeServer(listener);
    server.run("warm-up-accept", server::accept);
    return server;
  }

  private void run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    threads.add(thread);
    thread.setDaemon(true);
    thread.start();
  }

  Address address() {
    return new Address.Tcp(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        add(connection);
        run("warm-up-server", () -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private synchronized void add(Socket connection) throws IOException {
    connections.add(connection);
    if (isClosed) {
      connection.close();
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      PracticeSession session = new PracticeSession(cache);
      session.serve(connection.getInputStream(), connection.getOutputStream());
    } catch (IOException e) {
      // The proxy, or close(), has ended the connection.
    }
  }

  /** Its threads are gone when this returns, but for one that is stuck. */
  @Override
  public void close() throws IOException {
    end();
    try {
      for (Thread thread : threads) {
        thread.join(FAREWELL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever is in a hurry need not wait for them
    }
  }

  private synchronized void end() throws IOException {
    isClosed = true;
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
