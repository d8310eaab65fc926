package io.fairlead.frontend;

import io.fairlead.access.ClientAccess;
import io.fairlead.access.Permissions;
import io.fairlead.backend.Accounts;
import io.fairlead.backend.Failure;
import io.fairlead.frontend.stats.OpenClients;
import io.fairlead.loop.Connection;
import io.fairlead.loop.Faults;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.loop.ReadSize;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.OutcomeCounter;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.RequestStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client: its requests are read as they arrive, sent on, and answered in their order.
 *
 * <p>A client that is held back is suspended, which stops parsing as well as reading; a multi-get
 * may be suspended between two keys.
 */
public final class ClientConnection extends Connection implements OpenClients.Client {
  private static final int LARGE_BYTES = 4 << 10;

  private final Clients clients;
  private final RequestReader reader;
  private final ReplyQueue replies;
  private final Allowance allowance;
  private final GatePass pass;
  private final Forwarding forwarding;
  private final Holdback holdback;
  private final ClientTimes times;

  /** Null where anybody may do anything. */
  private final @Nullable Admission admission;

  /** What the client may do; null for everything. */
  private @Nullable Permissions permissions;

  /** Why the proxy ends the connection; null while it does not. */
  private @Nullable ListenerCounter whyEnded;

  private final @Nullable SocketAddress from;
  private @Nullable SocketAddress at;
  private long number;
  private boolean inputEnded;
  private boolean broken;
  private boolean leaving;

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
    this.from = from;
    this.replies = new ReplyQueue(this, clients);
    this.allowance = new Allowance(this, clients.limits);
    this.pass = new GatePass(this, clients.gate);
    this.forwarding = new Forwarding(this, clients, lane, pass, allowance);
    this.reader = new RequestReader(this, clients, introspection);
    this.times = new ClientTimes(this, clients.watches(), loop);
    this.holdback = new Holdback(this, reader, clients.watches().paced());
    this.admission =
        clients.access.isOpen()
            ? null
            : new Admission(
                this, reader, from instanceof InetSocketAddress inet ? inet.getAddress() : null);
    follow();
  }

  /**
   * The settings of the listener have changed, or it has become known who the client is. What may
   * be buffered was decided when it came.
   */
  void follow() {
    holdback.follow(clients.limits);
    Admission present = admission;
    if (present == null) {
      permissions = clients.access.of(nameOfPeer());
    } else {
      permissions = present.isOver() ? clients.access.of(present.identity()) : present.ofStranger();
    }
  }

  /** What is known of it now. */
  ClientStatus status(String listener, boolean tls) {
    long now = loop.now();
    String name = admission == null ? nameOfPeer() : admission.identity();
    return new ClientStatus(
        peer() instanceof InetSocketAddress inet ? text(inet) : "unix",
        listener,
        tls,
        name,
        Duration.ofNanos(Math.max(0, times.age(now))),
        Duration.ofNanos(Math.max(0, times.unheard(now))),
        reader.linesRead(),
        replies.size(),
        unreadBytes() + allowance.heldBytes());
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /** What the client may do; null for everything. */
  @Nullable Permissions permissions() {
    return permissions;
  }

  ClientAccess access() {
    return clients.access;
  }

  /** The name in the client's certificate; null without one. */
  @Nullable String nameOfPeer() {
    return peerName();
  }

  /** Whether a request that the client may not make says who it is instead. */
  boolean logsIn(Command command) {
    return admission != null && admission.takes(command);
  }

  /** Whether the client may ask the proxy about itself, where that is switched on. */
  boolean mayIntrospect() {
    return permissions == null || permissions.allowStats();
  }

  int longestLine() {
    return clients.limits.lineBytes();
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

  ReplyPolicy policy() {
    return clients.policy;
  }

  LoopStats stats() {
    return loop.stats();
  }

  /** What becomes of its requests. */
  RequestStats requestStats() {
    return clients.poolStats.requests();
  }

  ProxyLoop loop() {
    return loop;
  }

  /** The proxy is about to end the connection, whatever else may end it meanwhile. */
  void endsFor(ListenerCounter why) {
    if (whyEnded == null) {
      whyEnded = why;
    }
  }

  @Override
  public @Nullable SocketAddress from() {
    return from;
  }

  @Override
  public @Nullable SocketAddress at() {
    return at;
  }

  @Override
  public long silenceNanos(long now) {
    return times.unheard(now);
  }

  @Override
  public boolean waitsForReplies() {
    return !replies.isEmpty();
  }

  /** Something went wrong half-way in a reply, after which nothing can follow. */
  void onFault(Throwable cause) {
    Faults.log("closed a client connection", cause);
    endsFor(ListenerCounter.CLOSED_PROXY);
    close();
  }

  @Override
  protected void onOpen() {
    times.onOpen();
    at = local();
    number = clients.statsReply.clients().add(this);
    clients.opened(this);
    if (admission != null) {
      admission.begin();
    }
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    Admission present = admission;
    int at =
        present == null || present.isOver()
            ? reader.read(in, from, to)
            : present.read(in, from, to);
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

  /** Answers a request by itself. */
  void answer(byte[] reply) {
    replies.add().beginLocal(reply, ResultCounter.OK);
  }

  void refuse(ErrorReply error) {
    boolean isOurs = error.isServerError();
    stats().count(isOurs ? Counter.SERVER_ERRORS : Counter.CLIENT_ERRORS);
    replies
        .add()
        .beginLocal(error.line(), isOurs ? ResultCounter.LOCAL_ERROR : ResultCounter.CLIENT_ERROR);
  }

  void write(ByteBuf in, int from, int length) {
    if (!isClosed()) {
      append(in, from, length);
    }
  }

  void write(byte[] line) {
    if (!isClosed()) {
      out().writeBytes(line);
    }
  }

  /** A request has failed because of its server. */
  void onForwardError(Failure why, int keys) {
    stats().answered().add(Accounts.of(why), keys);
    clients.poolStats.count(PoolCounter.FORWARD_ERROR);
  }

  /** One or more requests have been answered, the last of which may end the connection. */
  void onAnswered(boolean ends) {
    mark();
    times.onStirred();
    if (ends && leaving) {
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

  /** Reply bytes that the client has not taken yet. */
  long unreadBytes() {
    return unsentBytes();
  }

  /** Reply bytes that the socket has taken from the beginning. */
  long readBytes() {
    return takenBytes();
  }

  /** Whether everything is over that the client has asked for, and it is not being left either. */
  boolean waitsForNothing() {
    return forwarding.isQuiet() && !isSuspended() && !leaving && unsentBytes() == 0;
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

  boolean isHeldBack() {
    return isSuspended();
  }

  private void pause() {
    if (!isSuspended()) {
      clients.stats().count(ListenerCounter.READS_PAUSED);
      suspend();
    }
  }

  /** Stops reading until what is in the way is over. */
  void holdBack() {
    pause();
    resumeWithLoad();
  }

  /** Holds back until every request has been answered. */
  void holdBackUntilQuiet() {
    holdback.untilQuiet();
    pause();
  }

  /** Stops reading until it is known whether a password is right. */
  void holdBackForVerdict() {
    pause();
  }

  private boolean waitsForVerdict() {
    return admission != null && admission.isChecking();
  }

  /** A value was dropped that its request will ask for again. */
  void onDeferred() {
    holdback.untilAskedAgain();
    pause();
  }

  @Override
  protected boolean mayResume() {
    if (waitsForVerdict()) {
      return false;
    }
    boolean may = holdback.isOver();
    if (!may && holdback.isForLoad()) {
      resumeWithLoad();
    }
    return may;
  }

  private void resumeWithLoad() {
    if (loop.load().isHigh()) {
      loop.load().await(this);
    }
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
    if (inputEnded) {
      cutOff();
    }
  }

  /** What was asked for before the client stopped sending is still answered. */
  @Override
  protected void onInputEnd() {
    inputEnded = true;
    if (hasEndedOutput()) {
      close();
      return;
    }
    if (!isSuspended()) {
      cutOff();
    }
  }

  /** The client has said that it sends no more. */
  void onQuit() {
    inputEnded = true;
  }

  @Override
  protected void onBroken() {
    broken = true;
  }

  /** Takes no further requests; closes when those in flight are answered. */
  void cutOff() {
    reader.end(ErrorReply.SILENT_CLOSE);
  }

  /**
   * The same when the proxy is to end and not the client: the request that has begun to arrive is
   * taken yet, and the client is told of the end before it is cut off.
   */
  void takeLeave() {
    if (isClosed()) {
      return;
    }
    leaving = true;
    endsFor(ListenerCounter.CLOSED_PROXY);
    if (admission != null && admission.isChecking()) {
      admission.endAfterVerdict();
    } else {
      boolean isAdmitted = admission == null || admission.isOver();
      reader.endAfterPresent(isAdmitted && hasUnparsedInput());
    }
  }

  @Override
  protected void onClosed() {
    reader.stop();
    pass.giveUp();
    replies.giveUpDeferred();
    clients.statsReply.clients().remove(number);
    boolean byClient = inputEnded || (endedByItself() && !broken);
    clients.closed(this, byClient, whyEnded(byClient));
  }

  private ListenerCounter whyEnded(boolean byClient) {
    ListenerCounter why = whyEnded;
    if (why != null) {
      return why;
    }
    if (byClient) {
      return ListenerCounter.CLOSED_CLIENT;
    }
    return broken ? ListenerCounter.CLOSED_ERROR : ListenerCounter.CLOSED_PROXY;
  }
}
