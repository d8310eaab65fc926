package io.fairlead.benchmarks.load;

import io.fairlead.benchmarks.load.GeneratorSettings.LoadedPeer;
import java.io.IOException;
import java.nio.channels.Selector;

/** All connections to one peer. They stay open from scenario start to end, loaded or not. */
final class Target implements AutoCloseable {
  private final Connection[] connections;
  private int turn;

  Target(LoadedPeer peer, Selector selector, Scenario scenario, Keyspace keyspace, Tally tally)
      throws IOException {
    connections = new Connection[scenario.connections()];
    for (int i = 0; i < connections.length; i++) {
      connections[i] = Connection.open(peer, selector, scenario, keyspace, tally);
    }
  }

  /** Starts the closed loop: the same number of requests on every connection. */
  void sendOnAll(Workload workload, int requests) {
    for (Connection connection : connections) {
      connection.send(workload, requests, System.nanoTime());
    }
  }

  /** Sends one request on the next connection that has room; false when none has. */
  boolean sendOnNext(Workload workload, long dueNanos) {
    for (int tried = 0; tried < connections.length; tried++) {
      Connection connection = connections[turn];
      turn = turn + 1 == connections.length ? 0 : turn + 1;
      if (connection.hasRoom()) {
        connection.send(workload, 1, dueNanos);
        return true;
      }
    }
    return false;
  }

  int outstanding() {
    int sum = 0;
    for (Connection connection : connections) {
      sum += connection.outstanding();
    }
    return sum;
  }

  /** Closes the connections that still owe replies, which counts as errors; says how many. */
  int closeUnanswered() {
    int closed = 0;
    for (Connection connection : connections) {
      if (connection.outstanding() > 0) {
        connection.closeUnanswered();
        closed++;
      }
    }
    return closed;
  }

  @Override
  public void close() {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
