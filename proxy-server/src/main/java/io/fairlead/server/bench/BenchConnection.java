package io.fairlead.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection, its unsent bytes and its unanswered requests. When it is lost, the requests on it
 * are errors, and it is opened again a little later.
 */
final class BenchConnection {
  private static final int LEAST_BUFFER = 64 << 10;
  private static final long REOPEN_PAUSE_NANOS = 100_000_000;

  private final SocketAddress address;
  private final Selector selector;
  private final Tally tally;
  private final ByteBuffer out;
  private final Pending pending;
  private ReplyReader replies;
  private @Nullable SocketChannel channel;
  private long reopensAt;

  BenchConnection(
      SocketAddress address, Selector selector, Tally tally, int pipeline, int mostBytes) {
    this.address = address;
    this.selector = selector;
    this.tally = tally;
    this.out = ByteBuffer.allocateDirect(Math.max(LEAST_BUFFER, mostBytes));
    this.pending = new Pending(pipeline);
    this.replies = new ReplyReader(pending, tally);
  }

  /** Connects and waits until that is done. */
  void open() throws IOException {
    SocketChannel opened = SocketChannel.open(address);
    try {
      use(opened);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void use(SocketChannel opened) throws IOException {
    if (address instanceof InetSocketAddress) {
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    opened.configureBlocking(false);
    opened.register(selector, SelectionKey.OP_READ, this);
    channel = opened;
    out.clear();
    replies = new ReplyReader(pending, tally);
  }

  int pending() {
    return pending.size();
  }

  boolean hasRoom(int mostBytes) {
    return channel != null && pending.hasRoom() && out.remaining() >= mostBytes;
  }

  /** Queues the next request, which {@link #hasRoom} has said there is room for. */
  void add(RequestSource source, long dueNanos) {
    pending.add(dueNanos, source.put(out));
  }

  /** Writes what the socket takes, and opens the connection anew when it was lost. */
  void flush(long nowNanos) {
    SocketChannel open = channel;
    if (open == null) {
      reopen(nowNanos);
      return;
    }
    if (out.position() == 0) {
      return;
    }
    try {
      out.flip();
      open.write(out);
      boolean isSent = !out.hasRemaining();
      out.compact();
      wantWrites(open, !isSent);
    } catch (IOException e) {
      lose(nowNanos, "a connection was lost: " + e.getMessage());
    }
  }

  private void wantWrites(SocketChannel open, boolean wanted) {
    SelectionKey key = open.keyFor(selector);
    int interest = wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private void reopen(long nowNanos) {
    if (nowNanos - reopensAt < 0) {
      return;
    }
    try {
      open();
    } catch (IOException e) {
      tally.onError("a connection could not be opened again: " + e.getMessage());
      reopensAt = nowNanos + REOPEN_PAUSE_NANOS;
    }
  }

  /** Reads once. */
  void read(ByteBuffer in) {
    SocketChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      in.clear();
      int count = open.read(in);
      long now = System.nanoTime();
      if (count < 0) {
        lose(now, "the server closed a connection");
        return;
      }
      String problem = replies.read(in.flip(), now);
      if (problem != null) {
        lose(now, problem);
      }
    } catch (IOException e) {
      lose(System.nanoTime(), "a connection was lost: " + e.getMessage());
    }
  }

  /** Gives up what is not answered. */
  void abandon(long nowNanos) {
    if (pending.size() > 0) {
      lose(nowNanos, "a reply never came");
    }
  }

  private void lose(long nowNanos, String why) {
    if (pending.size() == 0) {
      tally.onError(why);
    }
    while (pending.size() > 0) {
      tally.onUnanswered(nowNanos - pending.due(), why);
      pending.remove();
    }
    close();
    reopensAt = nowNanos + REOPEN_PAUSE_NANOS;
  }

  void close() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        tally.onError("a connection could not be closed: " + e.getMessage());
      }
    }
  }
}
