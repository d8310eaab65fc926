package io.fairlead.frontend;

import io.fairlead.loop.Connection;
import io.fairlead.loop.Faults;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.loop.ReadSize;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.OutcomeCounter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One client: its requests are read as they arrive, sent on, and answered in their order.
 *
 * <p>A client that is held back is suspended, which stops parsing as well as reading; a multi-get
 * may be suspended between two keys.
 */
public final class ClientConnection extends Connection {
  private static final int LARGE_BYTES = 4 << 10;

  private final Clients clients;
  private final RequestReader reader;
  private final ReplyQueue replies;
  private final Allowance allowance;
  private final GatePass pass;
  private final Forwarding forwarding;
  private final Holdback holdback;
  private final ClientTimes times;
  private final Standing standing;
  private final Ending ending;
  private final ListedClient listed;

  /**
   * @param from the address of the client; null where that is not known
   * @param introspection what the client may ask the proxy about itself; null for nothing
   */
  ClientConnection(
      Clients clients,
      int lane,
      @Nullable SocketAddress from,
      @Nullable Introspection introspection) {
    super(clients.loop);
    this.clients = clients;
    this.standing = new Standing(this, clients, from);
    this.replies = new ReplyQueue(this, clients);
    this.allowance = new Allowance(this, clients.limits);
    this.pass = new GatePass(this, clients.gate);
    this.forwarding = new Forwarding(this, clients, lane, pass, allowance);
    this.reader = new RequestReader(this, clients, introspection);
    this.times = new ClientTimes(this, clients.watches(), loop);
    this.ending = new Ending(this, reader, standing);
    this.holdback = new Holdback(this, reader, clients.watches().paced());
    this.listed = new ListedClient(this, clients.statsReply.clients(), from);
    follow();
  }

  /**
   * The settings of the listener have changed, or it has become known who the client is. What may
   * be buffered was decided when it came.
   */
  void follow() {
    holdback.follow(clients.limits);
    standing.follow();
  }

  RequestReader requests() {
    return reader;
  }

  ReplyQueue replies() {
    return replies;
  }

  Allowance allowance() {
    return allowance;
  }

  GatePass pass() {
    return pass;
  }

  Forwarding forwarding() {
    return forwarding;
  }

  Holdback holdback() {
    return holdback;
  }

  ClientTimes times() {
    return times;
  }

  /** Who it is, and what it may do. */
  Standing standing() {
    return standing;
  }

  Ending ending() {
    return ending;
  }

  /** It, as others see it. */
  ListedClient listed() {
    return listed;
  }

  Clients clients() {
    return clients;
  }

  LoopStats stats() {
    return loop.stats();
  }

  ProxyLoop loop() {
    return loop;
  }

  /** Something went wrong half-way in a reply, after which nothing can follow. */
  void onFault(Throwable cause) {
    Faults.log("closed a client connection", cause);
    ending.isFor(ListenerCounter.CLOSED_PROXY);
    close();
  }

  @Override
  protected void onOpen() {
    boolean isNew = listed.enter(local());
    clients.opened(this, isNew);
    if (isNew) {
      times.onOpen();
      standing.onOpen();
    }
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    Admission before = standing.admission();
    int at = before == null ? reader.read(in, from, to) : before.read(in, from, to);
    stats().outcomes().add(OutcomeCounter.BYTES_READ, at - from);
    times.onRead(reader, at > from, at < to);
    return at;
  }

  @Override
  protected int wantedBytes() {
    return reader.values().wantedBytes();
  }

  @Override
  protected long otherBytes() {
    return allowance.heldBytes();
  }

  @Override
  protected void onAccounted(long difference) {
    clients.onKept(difference);
  }

  void write(ByteBuf in, int from, int length) {
    if (!isClosed()) {
      append(in, from, length);
    }
  }

  void write(byte[] text) {
    if (text.length >= LARGE_BYTES) {
      write(Unpooled.wrappedBuffer(text), 0, text.length);
    } else if (!isClosed()) {
      out().writeBytes(text);
    }
  }

  /** One or more requests have been answered, the last of which may end the connection. */
  void onAnswered(boolean ends) {
    mark();
    times.onStirred();
    if (ends && ending.isLeaving()) {
      endAfterFlush();
    } else if (ends) {
      closeAfterFlush();
    } else {
      resume();
    }
  }

  void onKeyEnded() {
    allowance.onEnded();
    resume();
  }

  /** Whether everything is over that the client has asked for, and it is not being left either. */
  boolean waitsForNothing() {
    return forwarding.isQuiet() && !isSuspended() && !ending.isLeaving() && unsentBytes() == 0;
  }

  /**
   * Whether a value that has come can be kept. Before the answer is no, the socket is given what
   * has been written for it in this turn.
   */
  boolean hasRoomFor(boolean itsTurn, int least) {
    if (allowance.hasRoomFor(itsTurn, least)) {
      return true;
    }
    flushNow();
    return isClosed() || allowance.hasRoomFor(itsTurn, least);
  }

  /** A value has come before its turn; a large one counts at once, as many clients may hold one. */
  void onHeld(int bytes) {
    allowance.onHeld(bytes);
    if (bytes >= LARGE_BYTES) {
      account();
    }
  }

  @Override
  protected ReadSize readSize() {
    if (reader.values().isExpected()) {
      return ReadSize.VALUES;
    }
    return loop.load().isHigh() ? ReadSize.LITTLE : ReadSize.LINES;
  }

  /** Notes that something was read; false when others must have their turn first. */
  boolean takes() {
    return loop.load().take();
  }

  /** Stops reading, which is counted once until it goes on. */
  void pause() {
    if (!isSuspended()) {
      clients.stats().count(ListenerCounter.READS_PAUSED);
      suspend();
    }
  }

  @Override
  protected boolean mayResume() {
    return holdback.isOver();
  }

  /** Never above the buffer's limit: a client that is held back at it must hear of room. */
  @Override
  protected int fullAtBytes() {
    return Math.min(FULL_AT_BYTES, clients.limits.clientBufferBytes());
  }

  @Override
  protected void onWritable() {
    resume();
  }

  @Override
  protected void afterFlush() {
    stats().outcomes().add(OutcomeCounter.BYTES_WRITTEN, newlyHandedBytes());
    resume();
    times.onFlushed();
  }

  @Override
  protected void onResumed() {
    times.onResumed(reader);
    if (ending.hasInputEnded()) {
      ending.cutOff();
    }
  }

  /** What was asked for before the client stopped sending is still answered. */
  @Override
  protected void onInputEnd() {
    ending.onInputEnd();
    if (hasEndedOutput()) {
      close();
      return;
    }
    if (!isSuspended()) {
      ending.cutOff();
    }
  }

  @Override
  protected void onBroken() {
    ending.onBroken();
  }

  @Override
  protected void onClosed() {
    reader.stop();
    pass.giveUp();
    replies.giveUpDeferred();
    listed.leave();
    boolean byClient = ending.isByClient(endedByItself());
    clients.closed(this, byClient, ending.reason(byClient));
  }
}
