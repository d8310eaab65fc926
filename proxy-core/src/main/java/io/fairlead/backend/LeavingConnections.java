package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections of one server to an address that is not its own any more: they answer what is in
 * flight and get nothing new.
 */
final class LeavingConnections {
  private static final long CHECK_NANOS = Duration.ofMillis(20).toNanos();

  private final ProxyLoop loop;
  private final List<ServerConnection> connections = new ArrayList<>();

  LeavingConnections(ProxyLoop loop) {
    this.loop = loop;
  }

  void add(ServerConnection connection) {
    connections.add(connection);
    closeWhenIdle(connection);
  }

  /** Looked at from outside, as a connection cannot end while it reads its last reply. */
  private void closeWhenIdle(ServerConnection connection) {
    if (connection.isClosed()) {
      return;
    }
    if (connection.inFlight() == 0) {
      connection.fail(Failure.STOPPING); // of nothing
      return;
    }
    loop.later(() -> closeWhenIdle(connection), CHECK_NANOS);
  }

  /** Whether the connection was one of these. */
  boolean remove(ServerConnection connection) {
    return connections.remove(connection);
  }

  int inFlight() {
    return connections.stream().mapToInt(ServerConnection::inFlight).sum();
  }

  /** Returns the time until the next deadline. */
  long expire(long now) {
    long next = ProxyLoop.NEVER;
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (i < connections.size()) { // the one that failed may have taken others with it
        next = Math.min(next, connections.get(i).expire(now));
      }
    }
    return next;
  }

  void countQueues(QueueCount count) {
    connections.forEach(connection -> connection.countQueues(count));
  }

  void closeAll(Failure why) {
    List.copyOf(connections).forEach(connection -> connection.fail(why));
  }
}
