package io.fairlead.testkit;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/** A running memcached that a test owns and may mistreat. */
public interface MemcachedServer extends AutoCloseable {
  String host();

  /** The TCP port; it stays the same over {@link #restart}. 0 for a server on a unix socket. */
  int port();

  /** What to connect to, over TCP or a unix socket. */
  SocketAddress address();

  /** The process to look at, or -1 where there is none on this machine. */
  long pid();

  /** CPU time used so far, where it is known. */
  Optional<Duration> cpuTime();

  boolean isRunning();

  /** Ends it as {@code kill -9} does: no goodbye, connections are reset or closed by the kernel. */
  void kill();

  /** Stops it as SIGSTOP does: the kernel still accepts connections, nothing answers. */
  void freeze();

  /** Lets a frozen server go on with everything it has received meanwhile. */
  void thaw();

  /** Starts it again, killing it first if need be: same address, empty cache, new cas numbers. */
  void restart();

  @Override
  void close();
}
