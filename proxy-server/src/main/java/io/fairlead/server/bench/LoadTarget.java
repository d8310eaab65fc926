package io.fairlead.server.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** The connections to one address, which take turns. */
final class LoadTarget implements AutoCloseable {
  private final String name;
  private final Tally tally = new Tally();
  private final List<BenchConnection> connections = new ArrayList<>();
  private final int mostBytes;
  private int turn;

  private LoadTarget(String name, int mostBytes) {
    this.name = name;
    this.mostBytes = mostBytes;
  }

  static LoadTarget open(
      String name, SocketAddress address, Selector selector, BenchSettings settings, int mostBytes)
      throws IOException {
    LoadTarget target = new LoadTarget(name, mostBytes);
    try {
      for (int i = 0; i < settings.connections(); i++) {
        BenchConnection connection =
            new BenchConnection(address, selector, target.tally, settings.pipeline(), mostBytes);
        connection.open();
        target.connections.add(connection);
      }
    } catch (IOException e) {
      target.close();
      throw e;
    }
    return target;
  }

  String name() {
    return name;
  }

  Tally tally() {
    return tally;
  }

  /** Queues one request on the next connection that has room; false when none has. */
  boolean add(RequestSource source, long dueNanos) {
    for (int tried = 0; tried < connections.size(); tried++) {
      BenchConnection connection = connections.get(turn);
      turn = turn + 1 == connections.size() ? 0 : turn + 1;
      if (connection.hasRoom(mostBytes)) {
        connection.add(source, dueNanos);
        return true;
      }
    }
    return false;
  }

  /** Queues as much as there is room for. */
  void fill(RequestSource source) {
    for (int i = 0; i < connections.size(); i++) {
      BenchConnection connection = connections.get(i);
      long now = System.nanoTime();
      while (source.hasNext() && connection.hasRoom(mostBytes)) {
        connection.add(source, now);
      }
    }
  }

  void flush() {
    long now = System.nanoTime();
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).flush(now);
    }
  }

  int pending() {
    int pending = 0;
    for (int i = 0; i < connections.size(); i++) {
      pending += connections.get(i).pending();
    }
    return pending;
  }

  /** Gives up what is not answered. */
  void abandon() {
    long now = System.nanoTime();
    connections.forEach(connection -> connection.abandon(now));
  }

  @Override
  public void close() {
    connections.forEach(BenchConnection::close);
  }
}
