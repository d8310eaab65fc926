package io.fairlead.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket on a free port of the loopback address that can be closed and opened again.
 *
 * <p>One thread accepts and hands each connection to the owner, which must not block it.
 */
final class Listener implements Closeable {
  private static final int BACKLOG = 511;
  private static final int START_ATTEMPTS = 5;

  private final String name;
  private final Consumer<Socket> onAccepted;
  private final int port;
  private @Nullable ServerSocket socket;
  private @Nullable Thread acceptor;

  Listener(String name, Consumer<Socket> onAccepted) {
    this(name, onAccepted, 0);
  }

  /** Listens on that port; 0 is a free one. */
  Listener(String name, Consumer<Socket> onAccepted, int wantedPort) {
    this.name = name;
    this.onAccepted = onAccepted;
    if (wantedPort == 0) {
      port = bindSomewhere();
    } else {
      port = wantedPort;
      listen();
    }
  }

  int port() {
    return port;
  }

  /**
   * Closes the socket: from now on connections are refused. The kernel goes on listening until the
   * pending accept has returned, so that has to be waited for.
   */
  synchronized void refuse() {
    closeQuietly(socket);
    socket = null;
    if (acceptor != null) {
      try {
        acceptor.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Listens again on the same port. */
  synchronized void listen() {
    if (socket != null) {
      return;
    }
    try {
      bind(port);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  @Override
  public void close() {
    refuse();
  }

  private synchronized int bindSomewhere() {
    for (int attempt = 1; ; attempt++) {
      int candidate = FreePorts.next();
      try {
        bind(candidate);
        return candidate;
      } catch (IOException e) {
        if (attempt == START_ATTEMPTS) {
          throw new UncheckedIOException("cannot listen on port " + candidate, e);
        }
      }
    }
  }

  private void bind(int candidate) throws IOException {
    ServerSocket opened = new ServerSocket();
    try {
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate), BACKLOG);
    } catch (IOException e) {
      closeQuietly(opened);
      throw e;
    }
    socket = opened;
    acceptor = Daemon.start(name + "-accept-" + candidate, () -> acceptAll(opened));
  }

  private void acceptAll(ServerSocket opened) {
    while (true) {
      Socket accepted;
      try {
        accepted = opened.accept();
      } catch (IOException e) {
        return; // closed
      }
      onAccepted.accept(accepted);
    }
  }

  static void closeQuietly(@Nullable AutoCloseable closeable) {
    if (closeable == null) {
      return;
    }
    try {
      closeable.close();
    } catch (Exception e) {
      // It is closed as far as anyone can tell.
    }
  }

  /** Closes with a reset instead of an orderly end. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // already closed
    }
    closeQuietly(socket);
  }
}
