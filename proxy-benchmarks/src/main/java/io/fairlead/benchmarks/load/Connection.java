package io.fairlead.benchmarks.load;

import io.fairlead.benchmarks.load.GeneratorSettings.LoadedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One client connection, its unsent bytes and its unanswered requests. Used by the loop only. */
final class Connection implements AutoCloseable {
  /** How many requests the open loop lets wait on one connection before it skips to the next. */
  private static final int MOST_OUTSTANDING = 64;

  private final ByteChannel channel;
  private final SelectionKey key;
  private final ByteBuffer out;
  private final int requestBytes;
  private final Outstanding outstanding = new Outstanding(MOST_OUTSTANDING);
  private final ReplyChecker checker;
  private final Tally tally;

  private Connection(
      SocketChannel socket,
      ByteChannel channel,
      Selector selector,
      Scenario scenario,
      Keyspace keyspace,
      Tally tally)
      throws IOException {
    this.channel = channel;
    this.tally = tally;
    requestBytes = keyspace.requestBytes(scenario.keysPerGet());
    out = ByteBuffer.allocateDirect(Math.max(2, scenario.pipelined()) * requestBytes);
    checker = new ReplyChecker(keyspace, outstanding, tally);
    socket.configureBlocking(false);
    key = socket.register(selector, SelectionKey.OP_READ, this);
  }

  static Connection open(
      LoadedPeer peer, Selector selector, Scenario scenario, Keyspace keyspace, Tally tally)
      throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port());
    SocketChannel socket = SocketChannel.open(address);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    ByteChannel channel = peer.speaksTls() ? SecureChannel.open(socket) : socket;
    return new Connection(socket, channel, selector, scenario, keyspace, tally);
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  int outstanding() {
    return outstanding.size();
  }

  /** Whether one more request can be sent or at least queued. */
  boolean hasRoom() {
    return channel.isOpen() && out.remaining() >= requestBytes && outstanding.hasRoom();
  }

  /** Sends up to {@code requests} together, each due at {@code dueNanos}. */
  void send(Workload workload, int requests, long dueNanos) {
    int left = requests;
    while (left > 0 && hasRoom() && workload.next(out, outstanding, dueNanos)) {
      left--;
    }
    if (left < requests) {
      flush();
    }
  }

  /** Writes what the socket takes; it is called again when the socket takes more. */
  void flush() {
    try {
      out.flip();
      channel.write(out);
      boolean isSent = !out.hasRemaining();
      out.compact();
      int interest = isSent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
      if (key.interestOps() != interest) {
        key.interestOps(interest);
      }
    } catch (IOException e) {
      onLost(e.toString());
    }
  }

  /**
   * Reads once into {@code in} and checks what came.
   *
   * @return whether that was the last reply owed; what TLS says of its own accord is no reply
   */
  boolean read(ByteBuffer in) {
    boolean owed = outstanding.size() > 0;
    try {
      in.clear();
      if (channel.read(in) < 0) {
        onLost("the peer closed a connection");
        return false;
      }
      in.flip();
      checker.accept(in, System.nanoTime());
      return owed && outstanding.size() == 0;
    } catch (IOException e) {
      onLost(e.toString());
      return false;
    }
  }

  /** Gives up the replies that are still missing. */
  void closeUnanswered() {
    onLost(outstanding.size() + " replies on a connection never came");
  }

  private void onLost(String why) {
    tally.onError(why);
    outstanding.clear();
    close();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      tally.onError(e.toString());
    }
  }
}
