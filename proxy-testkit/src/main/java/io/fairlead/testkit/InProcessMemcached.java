package io.fairlead.testkit;

import io.fairlead.testkit.cache.Cache;
import io.fairlead.testkit.cache.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A memcached inside this JVM, on the loopback address, for demonstrations and tests.
 *
 * <p>It behaves like memcached 1.6.18 with default settings over the text protocol, meta commands
 * included. It does not speak the binary protocol or UDP. Every connection has its own thread.
 */
public final class InProcessMemcached implements MemcachedServer {
  private static final int READ_BYTES = 16_384;

  private final Clock clock;
  private final long memoryLimit;
  private final String version;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Gate gate = new Gate();
  private final Listener listener;
  private volatile Cache cache;
  private volatile boolean running = true;

  private InProcessMemcached(Builder builder) {
    clock = builder.clock;
    memoryLimit = builder.memoryLimit;
    version = builder.version;
    cache = new Cache(clock, memoryLimit);
    listener = new Listener("in-process-memcached", this::onAccepted, builder.port);
  }

  /** Starts one on a free port, with the clock of the machine and 64 MiB. */
  public static InProcessMemcached start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return listener.port();
  }

  @Override
  public SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /** Always -1: there is no process of its own. */
  @Override
  public long pid() {
    return -1;
  }

  @Override
  public Optional<Duration> cpuTime() {
    return Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void kill() {
    running = false;
    listener.refuse();
    connections.forEach(Listener::closeQuietly);
    gate.open();
  }

  @Override
  public void freeze() {
    gate.close();
  }

  @Override
  public void thaw() {
    gate.open();
  }

  @Override
  public void restart() {
    kill();
    cache = new Cache(clock, memoryLimit);
    running = true;
    listener.listen();
  }

  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    return "in-process memcached on port " + port();
  }

  private void onAccepted(Socket socket) {
    connections.add(socket);
    Cache current = cache;
    if (!running) {
      Listener.closeQuietly(socket);
    }
    Daemon.start("in-process-memcached-" + port(), () -> serve(socket, current));
  }

  private void serve(Socket socket, Cache current) {
    Session session = new Session(current, version);
    try (socket) {
      socket.setTcpNoDelay(true);
      exchange(socket.getInputStream(), socket.getOutputStream(), session);
    } catch (IOException e) {
      // The client or kill() closed the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      session.close();
      connections.remove(socket);
    }
  }

  private void exchange(InputStream in, OutputStream out, Session session)
      throws IOException, InterruptedException {
    byte[] bytes = new byte[READ_BYTES];
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      gate.await();
      if (!session.receive(bytes, 0, count, out)) {
        return;
      }
    }
  }

  /** Settings, all with a default. */
  public static final class Builder {
    private int port;
    private long memoryLimit = Cache.DEFAULT_MEMORY_LIMIT;
    private Clock clock = Clock.systemUTC();
    private String version = "1.6.18";

    private Builder() {}

    /** The port to listen on; 0, the default, is a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** What items may take together, as memcached counts it; the default is 64 MiB. */
    public Builder memoryLimit(long bytes) {
      this.memoryLimit = bytes;
      return this;
    }

    /** What expiry goes by; the default is the clock of the machine. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** What the command {@code version} answers; the default is 1.6.18. */
    public Builder version(String version) {
      this.version = version;
      return this;
    }

    public InProcessMemcached start() {
      return new InProcessMemcached(this);
    }
  }

  /** Holds threads back while closed. */
  private static final class Gate {
    private boolean closed;

    synchronized void close() {
      closed = true;
    }

    synchronized void open() {
      closed = false;
      notifyAll();
    }

    synchronized void await() throws InterruptedException {
      while (closed) {
        wait();
      }
    }
  }
}
