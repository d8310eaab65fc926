package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an event loop: the input that could not be parsed yet, and the output that
 * leaves at the end of the turn.
 */
public abstract class Connection {
  /*
   * Ownership: the link lends its input for the time of one call; only what could not be parsed is
   * copied. Output is appended by copy to one buffer, and large pieces of the receive buffer
   * are passed on as retained slices. An idle connection holds no buffer at all.
   */

  /** Output that leaves although its reply is not complete. */
  private static final int EAGER_BYTES = 16 << 10;

  /** What a connection may have unsent without being held back for it. */
  protected static final int FULL_AT_BYTES = 64 << 10;

  protected final ProxyLoop loop;

  private final Input input;
  private final Output output;

  private @Nullable Link link;
  private long accounted;
  private boolean dirty;
  private boolean awaitsSent;
  private boolean resuming;
  private boolean suspended;
  private boolean closed;

  /** Whether the proxy has begun to close it. */
  private boolean closing;

  private boolean outputEnded;

  protected Connection(ProxyLoop loop) {
    this.loop = loop;
    this.input = new Input(loop);
    this.output = new Output(loop);
  }

  /**
   * Parses what can be parsed.
   *
   * @param in borrowed, not to be kept
   * @return the index of the first byte that was not consumed
   */
  protected abstract int consume(ByteBuf in, int from, int to);

  /** Who is at the other end; null when nobody is any more. */
  public final @Nullable SocketAddress peer() {
    return link == null ? null : link.peer();
  }

  /** Which address of ours it is connected to; null when it is to none any more. */
  protected final @Nullable SocketAddress local() {
    return link == null ? null : link.local();
  }

  /** The connection can be used now; not called for one that is never opened. */
  protected void onOpen() {}

  /** The connection is gone, whoever closed it; called once, when its buffers are released. */
  protected abstract void onClosed();

  /** The connection broke instead of being closed by the peer; it ends after this. */
  protected void onBroken() {}

  /**
   * The address that this leads to is not that of its server any more: it is to end when what is in
   * flight is over. By default it stays, as those do that are short anyway.
   */
  public void leave() {}

  /**
   * The name in the certificate of the peer, if it has shown one that was verified; null until then
   * and otherwise.
   */
  public final @Nullable String peerName() {
    return link == null ? null : link.peerName();
  }

  /** The peer sends no more; by default that is the end, which is the peer's doing. */
  protected void onInputEnd() {
    endLink();
  }

  /** The socket has taken so much output that there is room for more. */
  protected void onWritable() {}

  /**
   * Unsent output above which the socket counts as full, until half of this is left and {@link
   * #onWritable} is called.
   */
  protected int fullAtBytes() {
    return FULL_AT_BYTES;
  }

  /** How much is read at once, as things are. */
  protected ReadSize readSize() {
    return ReadSize.VALUES;
  }

  /** The last moment to append output in this turn. */
  protected void beforeFlush() {}

  /** How many bytes the input is known to need before parsing can go on; a hint for the tail. */
  protected int wantedBytes() {
    return 0;
  }

  /** Bytes that this connection keeps besides its own input and output. */
  protected long otherBytes() {
    return 0;
  }

  /** The account of the loop has changed by so many bytes because of this connection. */
  protected void onAccounted(long difference) {}

  final void linkOpened(Link opened) {
    if (closed) {
      opened.close();
      return;
    }
    link = opened;
    onOpen();
  }

  final void linkClosed() {
    if (closed) {
      return;
    }
    closed = true;
    link = null;
    output.clear();
    input.clear();
    account();
    onClosed();
  }

  /**
   * What carries its bytes; null when it is not open, or could not go on with another connection.
   */
  final @Nullable Link linkToMove() {
    boolean rests = !closed && !closing && !dirty && !awaitsSent && !suspended && !resuming;
    boolean mayMove = rests && link != null && link.mayMove();
    return mayMove && input.isEmpty() && unsentBytes() == 0 ? link : null;
  }

  /** Another connection has its link, and this one is nobody's any more. */
  final void linkMoved() {
    closed = true;
    link = null;
    output.clear();
    account();
  }

  /** Takes nothing: {@code in} is borrowed. */
  final void input(ByteBuf in) {
    if (closed) {
      return;
    }
    input.receive(in, this);
    account();
  }

  /** The socket has taken what it had not taken when it was last looked at. */
  final void linkSent() {
    awaitsSent = false;
    mark(); // the channel has not counted it yet, but will have at the end of the turn
  }

  /** Sees to it that the account goes down when the socket takes what it has not taken yet. */
  private void awaitSent() {
    if (!awaitsSent && link != null && output.pendingBytes(link) > 0) {
      awaitsSent = true;
      link.awaitSent();
    }
  }

  final void linkWritable() {
    account();
    onWritable();
  }

  /** Whether input is waiting that was not parsed yet. */
  public final boolean hasUnparsedInput() {
    return !input.isEmpty();
  }

  /** Stops reading and parsing until {@link #resume}. */
  protected final void suspend() {
    if (!suspended) {
      suspended = true;
      if (link != null) {
        link.reading(false);
      }
    }
  }

  public final boolean isSuspended() {
    return suspended;
  }

  /** Goes on reading and parsing, at the end of this turn. */
  public final void resume() {
    if (suspended && !resuming && !closed) {
      resuming = true;
      loop.addResuming(this);
    }
  }

  final void resumeNow() {
    resuming = false;
    if (closed || !suspended || !mayResume()) {
      return;
    }
    suspended = false;
    input.parseTail(this);
    account();
    if (!suspended && !closed) {
      if (link != null) {
        link.reading(true);
      }
      onResumed();
    }
  }

  /** Everything that was kept while the connection was suspended has been parsed. */
  protected void onResumed() {}

  /** Whether what suspended this connection is over; asked at the end of the turn. */
  protected boolean mayResume() {
    return true;
  }

  /** The buffer that output is appended to; {@link #mark} must follow before the turn ends. */
  protected final ByteBuf out() {
    return output.buffer();
  }

  /**
   * Appends a piece of {@code source}, which is borrowed; a large one without copying it where that
   * is possible.
   */
  protected final void append(ByteBuf source, int from, int length) {
    if (Output.isLarge(length) && link != null) {
      output.pass(source, from, length, link);
      mark();
      account(); // now, because many clients may get such pieces in one turn
      return;
    }
    output.buffer().writeBytes(source, from, length);
    if (output.appendedBytes() >= EAGER_BYTES) {
      mark();
      account();
    }
  }

  /** Takes {@code buffer} and appends it without copying when it is large. */
  protected final void appendOwned(ByteBuf buffer) {
    if (Output.isLarge(buffer.readableBytes()) && link != null) {
      output.pass(buffer, link);
      mark();
      return;
    }
    append(buffer, buffer.readerIndex(), buffer.readableBytes());
    output.giveBack(buffer);
  }

  /** Asks for the output to be sent at the end of this turn. */
  protected final void mark() {
    if (!dirty && !closed) {
      dirty = true;
      loop.addDirty(this);
    }
  }

  /** Sends what was appended without waiting for the end of the turn. */
  protected final void flushNow() {
    dirty = false;
    if (closed || link == null) {
      return; // what is appended while a connection is being opened leaves when it is open
    }
    beforeFlush();
    output.flush(link);
    awaitSent();
    account();
    afterFlush();
  }

  /** Output has been handed to the socket. */
  protected void afterFlush() {}

  /** Output bytes that the socket has not taken yet. */
  public final long unsentBytes() {
    return output.unsentBytes(link);
  }

  /** Output bytes that the socket has taken since the connection was opened. */
  public final long takenBytes() {
    return output.takenBytes(link);
  }

  /** Brings the loop's account of this connection up to date. */
  protected final void account() {
    long bytes = closed ? 0 : unsentBytes() + otherBytes() + input.capacity();
    if (bytes != accounted) {
      loop.load().account(bytes - accounted);
      onAccounted(bytes - accounted);
      accounted = bytes;
    }
  }

  /** Output bytes that were handed to the socket since this was asked last. */
  protected final long newlyHandedBytes() {
    return output.newlyHandedBytes();
  }

  protected final boolean isOpen() {
    return link != null;
  }

  public final boolean isClosed() {
    return closed;
  }

  /** Whether the connection has ended without the proxy's doing. */
  protected final boolean endedByItself() {
    return closed && !closing;
  }

  /** Sends what was appended, then closes. */
  protected final void closeAfterFlush() {
    if (link == null) {
      close();
      return;
    }
    closing = true;
    Link sending = link;
    flushNow();
    sending.closeAfterWrites();
  }

  /**
   * Sends what was appended, then ends the output. The connection closes when the peer ends its own
   * or does nothing for a while; what still comes from it is dropped.
   */
  protected final void endAfterFlush() {
    if (link == null) {
      close();
      return;
    }
    closing = true;
    outputEnded = true;
    Link sending = link;
    flushNow();
    input.clear();
    suspended = false; // the end of what the peer sends is waited for
    sending.endAfterWrites();
  }

  /** Whether the peer was told that nothing more comes. */
  protected final boolean hasEndedOutput() {
    return outputEnded;
  }

  /** Closes at once; output that was not sent is lost. */
  public final void close() {
    closing |= !closed;
    endLink();
  }

  private void endLink() {
    Link open = link;
    if (open != null) {
      open.close();
    }
    linkClosed();
  }
}
