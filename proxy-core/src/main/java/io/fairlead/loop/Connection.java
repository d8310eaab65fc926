package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an event loop: the input that could not be parsed yet, and the output that
 * leaves at the end of the turn.
 */
public abstract class Connection {
  /*
   * Ownership: the link lends its input for the time of one call; only what could not be parsed is
   * copied (the tail). Output is appended by copy to one buffer, and large pieces of the receive buffer
   * are passed on as retained slices. An idle connection holds no buffer at all.
   */

  /** Pieces of at least this size are passed on as slices; below, a copy is cheaper. */
  private static final int SLICE_BYTES = 16 << 10;

  /** Output that leaves although its reply is not complete. */
  private static final int EAGER_BYTES = 16 << 10;

  /** What a connection may have unsent without being held back for it. */
  protected static final int FULL_AT_BYTES = 64 << 10;

  protected final ProxyLoop loop;

  private @Nullable ChannelLink link;
  private @Nullable ByteBuf out;
  private @Nullable ByteBuf tail;
  private long accounted;
  private long handedToLink;

  /** Whether output was handed to the link of which it is not known that the socket has all. */
  private boolean mayBePending;

  private boolean dirty;
  private boolean resuming;
  private boolean suspended;
  private boolean closed;

  protected Connection(ProxyLoop loop) {
    this.loop = loop;
  }

  /**
   * Parses what can be parsed.
   *
   * @param in borrowed, not to be kept
   * @return the index of the first byte that was not consumed
   */
  protected abstract int consume(ByteBuf in, int from, int to);

  /** The connection can be used now; not called for one that is never opened. */
  protected void onOpen() {}

  /** The connection is gone, whoever closed it; called once, when its buffers are released. */
  protected abstract void onClosed();

  /** The connection broke instead of being closed by the peer; it ends after this. */
  protected void onBroken() {}

  /** The peer sends no more; by default that is the end. */
  protected void onInputEnd() {
    close();
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

  final void linkOpened(ChannelLink opened) {
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
    if (out != null) {
      out.release();
      out = null;
    }
    dropTail();
    account();
    onClosed();
  }

  /** Takes nothing: {@code in} is borrowed. */
  final void input(ByteBuf in) {
    if (closed) {
      return;
    }
    if (suspended || (tail != null && tail.isReadable())) {
      keep(in, in.readerIndex(), in.writerIndex());
      if (!suspended) {
        consumeTail();
      }
    } else {
      int end = in.writerIndex();
      int consumed = consumeReceived(in, end);
      if (consumed < end && !closed) {
        keep(in, consumed, end);
      }
    }
    account();
  }

  private int consumeReceived(ByteBuf in, int end) {
    loop.receiving(in);
    try {
      return consume(in, in.readerIndex(), end);
    } finally {
      loop.receiving(null);
    }
  }

  final void linkWritable() {
    account();
    onWritable();
  }

  private void keep(ByteBuf in, int from, int to) {
    ByteBuf kept = tail;
    if (kept == null) {
      kept = tail = loop.outputs().allocate(Math.max(to - from, wantedBytes()));
    } else {
      kept.discardReadBytes();
    }
    kept.writeBytes(in, from, to - from);
    int missing = wantedBytes() - kept.readableBytes();
    if (missing > kept.writableBytes()) {
      kept.ensureWritable(missing);
    }
  }

  private void consumeTail() {
    ByteBuf kept = tail;
    if (kept == null || !kept.isReadable()) {
      return;
    }
    // A retained reference, because closing the connection while parsing releases the tail.
    kept.retain();
    int consumed = consume(kept, kept.readerIndex(), kept.writerIndex());
    kept.release();
    if (closed) {
      return;
    }
    kept.readerIndex(consumed);
    if (!kept.isReadable()) {
      dropTail();
    }
  }

  private void dropTail() {
    if (tail != null) {
      tail.release();
      tail = null;
    }
  }

  /** Whether input is waiting that was not parsed yet. */
  protected final boolean hasUnparsedInput() {
    return tail != null && tail.isReadable();
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

  protected final boolean isSuspended() {
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
    consumeTail();
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
    ByteBuf buffer = out;
    if (buffer == null) {
      buffer = out = loop.outputs().take();
    }
    return buffer;
  }

  /**
   * Appends a piece of {@code source}, which is borrowed; retains a slice of it when it is large.
   */
  protected final void append(ByteBuf source, int from, int length) {
    if (length >= SLICE_BYTES && link != null && loop.isReceiving(source)) {
      appendSlice(link, source, from, length);
      return;
    }
    ByteBuf buffer = out();
    buffer.writeBytes(source, from, length);
    if (buffer.readableBytes() >= EAGER_BYTES) {
      mark();
      account();
    }
  }

  private void appendSlice(ChannelLink to, ByteBuf source, int from, int length) {
    handOver(to);
    handedToLink += length;
    mayBePending = true;
    to.write(source.retainedSlice(from, length));
    mark();
    account(); // now, because many clients may get such pieces in one turn
  }

  private void handOver(ChannelLink to) {
    if (out != null) {
      handedToLink += out.readableBytes();
      mayBePending = true;
      to.write(out);
      out = null;
    }
  }

  /** Takes {@code buffer} and appends it without copying when it is large. */
  protected final void appendOwned(ByteBuf buffer) {
    if (buffer.readableBytes() >= SLICE_BYTES && link != null) {
      handOver(link);
      handedToLink += buffer.readableBytes();
      mayBePending = true;
      link.write(buffer);
      mark();
      return;
    }
    append(buffer, buffer.readerIndex(), buffer.readableBytes());
    if (buffer.unwrap() == null) {
      loop.outputs().giveBack(buffer);
    } else {
      buffer.release(); // a view of a buffer that others may hold
    }
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
    ByteBuf buffer = out;
    if (buffer == null || !buffer.isReadable()) {
      link.flush();
    } else {
      out = null;
      handedToLink += buffer.readableBytes();
      mayBePending = true;
      link.send(buffer);
      if (buffer.refCnt() == 1) {
        loop.outputs().giveBack(buffer);
      } else if (buffer.refCnt() > 1) {
        buffer.release(); // the socket did not take all of it; the channel keeps its own reference
      }
    }
    account();
    afterFlush();
  }

  /** Output has been handed to the socket. */
  protected void afterFlush() {}

  /** Output bytes that the socket has not taken yet. */
  protected final long unsentBytes() {
    long appended = out == null ? 0 : out.readableBytes();
    return mayBePending ? appended + pendingBytes() : appended;
  }

  private long pendingBytes() {
    long pending = link == null ? 0 : link.pendingBytes();
    mayBePending = pending > 0;
    return pending;
  }

  /** Output bytes that the socket has taken since the connection was opened. */
  protected final long takenBytes() {
    return handedToLink - pendingBytes();
  }

  /** Brings the loop's account of this connection up to date. */
  protected final void account() {
    long bytes = closed ? 0 : unsentBytes() + otherBytes() + (tail == null ? 0 : tail.capacity());
    if (bytes != accounted) {
      loop.account(bytes - accounted);
      accounted = bytes;
    }
  }

  protected final boolean isOpen() {
    return link != null;
  }

  public final boolean isClosed() {
    return closed;
  }

  /** Sends what was appended, then closes. */
  protected final void closeAfterFlush() {
    if (link == null) {
      close();
      return;
    }
    ChannelLink sending = link;
    flushNow();
    sending.closeAfterWrites();
  }

  /** Closes at once; output that was not sent is lost. */
  public final void close() {
    ChannelLink open = link;
    if (open != null) {
      open.close();
    }
    linkClosed();
  }
}
