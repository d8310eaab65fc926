package io.fairlead.it;

import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.cache.Cache;
import io.fairlead.testkit.cache.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * The testkit's memcached with a clock that stands still, which can be made as good as new while
 * its clients stay connected, cas numbers included.
 */
final class ResettableMemcached implements AutoCloseable {
  private static final int READ_BYTES = 64 << 10;
  private static final String VERSION = "1.6.18";

  private final ServerSocket listener;
  private volatile Cache cache = emptyCache();

  ResettableMemcached() throws IOException {
    listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    startDaemon(this::accept);
  }

  SocketAddress address() {
    return listener.getLocalSocketAddress();
  }

  /** Forgets everything; to be called when no request is under way. */
  void reset() {
    cache = emptyCache();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private static Cache emptyCache() {
    return new Cache(ManualClock.create(), Cache.DEFAULT_MEMORY_LIMIT);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        startDaemon(() -> serve(socket));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      exchange(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      // The proxy has closed the connection, as it does with an upload that is broken off.
    }
  }

  private void exchange(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = new byte[READ_BYTES];
    Cache known = cache;
    Session session = new Session(known, VERSION);
    boolean open = true;
    for (int count = in.read(bytes); open && count >= 0; count = open ? in.read(bytes) : -1) {
      Cache current = cache;
      if (current != known) {
        known = current;
        session = new Session(current, VERSION);
      }
      open = session.receive(bytes, 0, count, out);
    }
  }

  private static void startDaemon(Runnable task) {
    Thread thread = new Thread(task, "resettable-memcached");
    thread.setDaemon(true);
    thread.start();
  }
}
