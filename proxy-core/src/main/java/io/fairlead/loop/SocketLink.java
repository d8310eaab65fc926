package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The short way between a {@link Connection} and its socket: no channel, no pipeline. What {@link
 * ChannelLink} is for all transports and for TLS, this is for sockets that can be had directly.
 *
 * <p>With one request at a time, where the processor's caches are cold after each wait, it is the
 * code in between that costs; with many, it is a tenth of what is left beside the kernel.
 */
public final class SocketLink implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLink.class);

  /** How long a peer that was told of the end may take to end as well. */
  static final Duration LONGEST_FAREWELL = Duration.ofSeconds(1);

  private final Connection connection;
  private final RawSocket socket;
  private final ReceiveBuffers receives;
  private final int fullAt;
  private final Unsent unsent = new Unsent();

  private boolean reads;
  private boolean inputEnded;
  private boolean closed;

  /** Above {@link #fullAt}, until half of that is left. */
  private boolean full;

  private boolean waitsForRoom;
  private boolean awaitsSent;
  private @Nullable Runnable atLast;

  /** For a connection of the loop that {@code socket} belongs to. */
  public SocketLink(Connection connection, RawSocket socket) {
    this.connection = connection;
    this.socket = socket;
    this.receives = connection.loop.receives();
    this.fullAt = connection.fullAtBytes();
  }

  /** The socket is connected, and registered with the loop. */
  public void onOpen() {
    reads = !connection.isSuspended();
    watch();
    connection.linkOpened(this);
  }

  /**
   * The socket has become ready for something.
   *
   * @param ended both directions have ended, which is no fault: what came before is still there
   * @param broken nothing comes or goes any more
   */
  public void onReady(boolean input, boolean room, boolean ended, boolean broken) {
    try {
      if (waitsForRoom && (room || ended || broken)) {
        sendUnsent();
      }
      if (reads && (input || ended || broken)) {
        receive();
      } else if (broken || (ended && inputEnded)) {
        onBroken();
      }
    } catch (IOException e) {
      onFault(e);
    } catch (Throwable e) {
      giveUp(e);
    }
  }

  /** Something was received in another way; {@code in} is borrowed. */
  public void onInput(ByteBuf in) {
    try {
      connection.input(in);
    } catch (Throwable e) {
      giveUp(e);
    }
  }

  /** The socket is closed, whoever did that. */
  public void onClosed() {
    closed = true;
    unsent.clear();
    connection.loop.eventLoop().execute(connection::linkClosed);
  }

  private void giveUp(Throwable cause) {
    Faults.log("closed a connection", cause);
    close();
  }

  private void onFault(IOException cause) {
    LOG.debug("connection ended: cause={}", cause.toString());
    onBroken();
  }

  /** Of both directions having ended it is told as of a fault. */
  private void onBroken() {
    if (!closed && !inputEnded) {
      connection.onBroken();
    }
    close();
  }

  private void receive() throws IOException {
    for (int i = 0; i < ReceiveBuffers.READS_PER_EVENT && reads; i++) {
      ByteBuf in = receives.take(connection.readSize());
      int bytes = in.capacity();
      int received;
      try {
        received = socket.receive(in);
        if (received > 0) {
          connection.input(in);
        }
      } finally {
        in.release();
      }
      if (received < 0) {
        onInputEnd();
      }
      if (received < bytes) {
        return;
      }
    }
  }

  private void onInputEnd() {
    inputEnded = true;
    reads = false;
    watch();
    if (!connection.isClosed()) {
      connection.onInputEnd();
    }
  }

  @Override
  public @Nullable SocketAddress peer() {
    return socket.peer();
  }

  @Override
  public @Nullable SocketAddress local() {
    return socket.local();
  }

  @Override
  public @Nullable String peerName() {
    return null;
  }

  /** Whether nothing is sent but what was written before. */
  private boolean isOver() {
    return closed || atLast != null;
  }

  @Override
  public void send(ByteBuf buffer) {
    if (isOver()) {
      return;
    }
    if (!unsent.isEmpty()) {
      write(buffer.retain());
      flush();
      return;
    }
    int bytes = buffer.readableBytes();
    try {
      int taken = socket.send(buffer);
      if (taken < bytes) {
        unsent.add(buffer.retain().skipBytes(taken));
        onStuck();
      }
    } catch (IOException e) {
      onFault(e);
    }
  }

  @Override
  public void write(ByteBuf buffer) {
    if (isOver()) {
      buffer.release();
    } else {
      unsent.add(buffer);
    }
  }

  @Override
  public void flush() {
    if (waitsForRoom) { // it would take nothing now
      noteFullness();
      return;
    }
    try {
      sendUnsent();
    } catch (IOException e) {
      onFault(e);
    }
  }

  private void sendUnsent() throws IOException {
    while (!unsent.isEmpty()) {
      if (!unsent.sendTo(socket)) {
        onStuck();
        return;
      }
    }
    onSent();
  }

  private void onStuck() {
    if (!waitsForRoom) {
      waitsForRoom = true;
      watch();
    }
    noteFullness();
  }

  private void noteFullness() {
    if (unsent.bytes() > fullAt) {
      full = true;
    } else if (full && unsent.bytes() <= fullAt / 2) {
      full = false;
      connection.linkWritable();
    }
  }

  private void onSent() {
    if (waitsForRoom) {
      waitsForRoom = false;
      watch();
    }
    noteFullness();
    if (awaitsSent) {
      awaitsSent = false;
      connection.linkSent();
    }
    Runnable last = atLast;
    if (last != null) {
      atLast = null;
      last.run();
    }
  }

  @Override
  public long pendingBytes() {
    return unsent.bytes();
  }

  @Override
  public void awaitSent() {
    awaitsSent = true;
    flush();
  }

  @Override
  public boolean mayMove() {
    return !inputEnded && !isOver() && !awaitsSent && unsent.isEmpty();
  }

  RawSocket socket() {
    return socket;
  }

  @Override
  public void reading(boolean on) {
    if (!inputEnded && reads != on) {
      reads = on;
      watch();
    }
  }

  private void watch() {
    if (!closed) {
      socket.watch(reads, waitsForRoom);
    }
  }

  @Override
  public void close() {
    reads = false;
    socket.close();
  }

  @Override
  public void endAfterWrites() {
    if (inputEnded) {
      closeAfterWrites();
      return;
    }
    reading(true);
    atLast = this::endOutput;
    flush();
  }

  private void endOutput() {
    try {
      socket.endOutput();
      connection.loop.later(this::close, LONGEST_FAREWELL.toNanos());
    } catch (IOException e) {
      onFault(e);
    }
  }

  @Override
  public void closeAfterWrites() {
    atLast = this::close;
    flush();
  }
}
