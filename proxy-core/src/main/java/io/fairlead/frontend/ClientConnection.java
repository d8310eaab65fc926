package io.fairlead.frontend;

import io.fairlead.backend.Accounts;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.Upload;
import io.fairlead.loop.Connection;
import io.fairlead.loop.Faults;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.loop.ReadSize;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One client: its requests are read as they arrive, sent on, and answered in their order. */
public final class ClientConnection extends Connection {
  /*
   * What holds a client back: too many keys or requests in flight, replies it does not read, a loop out
   * of memory, a large value that its server does not take yet, or one for which everything before it
   * must be over. Then the connection is suspended, which stops parsing as well as reading; a multi-get
   * may be suspended between two keys.
   */

  private static final int LARGE_BYTES = 4 << 10;

  private final Clients clients;
  private final int lane;
  private final RequestReader reader;
  private final ReplyQueue replies;
  private final Allowance allowance;
  private final UnreadWatch unread = new UnreadWatch();
  private final GatePass pass = new GatePass();

  private final Invalidations invalidations = new Invalidations(this);
  private boolean waitsForQuiet;

  /**
   * Values were dropped for want of room, and are asked for again before anything else is begun.
   */
  private boolean deferring;

  private boolean inputEnded;
  private boolean broken;
  private boolean leaving;

  ClientConnection(Clients clients, int lane, @Nullable Introspection introspection) {
    super(clients.loop);
    this.clients = clients;
    this.lane = lane;
    this.reader = new RequestReader(this, clients, introspection);
    this.replies = new ReplyQueue(this, clients);
    this.allowance = new Allowance(this, clients.limits);
  }

  ReplyQueue replies() {
    return replies;
  }

  Allowance allowance() {
    return allowance;
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
    close();
  }

  @Override
  protected void onOpen() {
    clients.opened(this);
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    return reader.read(in, from, to);
  }

  @Override
  protected int wantedBytes() {
    return reader.values().wantedBytes();
  }

  @Override
  protected long otherBytes() {
    return allowance.heldBytes();
  }

  void send(Command command, ByteBuf in) {
    ClientRequest request = replies.add();
    request.beginSingle(command.verb(), command.isNoreply());
    if (request.isForValue()) {
      allowance.onAsked();
    }
    if (command.writes()) {
      replies.lastWrites();
    }
    if (pass.isRefused()) {
      request.onFailure(0, Failure.BUSY);
    } else {
      clients.route.send(command, in, request, 0, lane);
    }
  }

  /** Begins a large value; null when nobody wants it, which the request has been told. */
  @Nullable Upload upload(Command command, ByteBuf in, ClientRequest request) {
    if (pass.isRefused()) {
      request.onFailure(0, Failure.BUSY);
      return null;
    }
    return clients.route.upload(command, in, request, this::resume);
  }

  /** Answers a request by itself. */
  void answer(byte[] reply) {
    replies.add().beginLocal(reply);
  }

  void refuse(ErrorReply error) {
    stats().count(error.isServerError() ? Counter.SERVER_ERRORS : Counter.CLIENT_ERRORS);
    answer(error.line());
  }

  void ask(Exchange exchange) {
    allowance.onAsked();
    if (pass.isRefused()) {
      clients.exchanges.fail(exchange, Failure.BUSY);
    } else {
      clients.route.get(exchange, lane);
    }
  }

  /** Asks once more for a key that had its place at the gate. */
  void askAgain(Exchange exchange) {
    allowance.onAsked();
    clients.route.get(exchange, lane);
  }

  Exchange exchange(ClientRequest request, int slot) {
    return clients.exchanges.take(request, slot);
  }

  void endOfGet() {
    clients.route.endOfGet(lane);
  }

  /** Removes the old value of a key for which a new one was refused. */
  void invalidate(Command command, ByteBuf in) {
    invalidations.expect(clients.route.invalidate(command, in, invalidations, lane));
    replies.lastWrites();
  }

  /** Whether everything that was asked for is over. */
  boolean isQuiet() {
    return replies.isEmpty() && invalidations.areOver();
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

  /** Whether a get of several keys that was refused is answered with the line that refused it. */
  boolean showsRefusals() {
    return clients.failureLines.showsRefusals();
  }

  /** Whether a key whose server fails counts as one that is not there. */
  boolean errorsAreMisses() {
    return clients.errorsAreMisses;
  }

  /** Whether an incr or decr whose server fails is answered as if there were no such counter. */
  boolean arithmeticErrorsAreMisses() {
    return clients.arithmeticErrorsAreMisses;
  }

  /** Whether clients are told the same of every error, also of those that servers answer. */
  boolean groupsErrors() {
    return clients.failureLines.areGrouped();
  }

  /** A request has failed because of its server. */
  void onForwardError(Failure why, int keys) {
    stats().answered().add(Accounts.of(why), keys);
    clients.poolStats.count(PoolCounter.FORWARD_ERROR);
  }

  void serverError(Failure failure) {
    stats().count(Counter.SERVER_ERRORS);
    write(clients.failureLines.of(failure));
  }

  /** One or more requests have been answered, the last of which may end the connection. */
  void onAnswered(boolean ends) {
    mark();
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

  /**
   * A value was dropped that its request will ask for again. Nothing else is begun before, so that
   * a later write of this client cannot overtake the get.
   */
  void onDeferred() {
    deferring = true;
    suspend();
  }

  /** Reply bytes that the client has not taken yet. */
  long unreadBytes() {
    return unsentBytes();
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

  /** Whether the loop keeps more bytes for all its clients than it may. */
  boolean isShortOfMemory() {
    return loop.load().isShortOfMemory();
  }

  /** Whether the loop keeps so much that clients which wait for something are not read from. */
  boolean isOverloaded() {
    return loop.load().isNearlyFull();
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

  /** Whether it has to wait for its turn; one that waits for no reply never has to. */
  private boolean waitsForOthers() {
    return (loop.load().isFull() || loop.load().isNearlyFull()) && waitsForReply();
  }

  /** A get that is being read waits for nothing as long as none of its keys is asked for. */
  private boolean waitsForReply() {
    boolean hasIdleGet = reader.isInGet() && allowance.hasNoKeyInFlight();
    return replies.size() > (hasIdleGet ? 1 : 0);
  }

  boolean isHeldBack() {
    return isSuspended();
  }

  boolean mayTakeMore() {
    return allowance.allowsMore(replies.size()) && !waitsForOthers();
  }

  /** Reads that can be repeated are taken freely; others only when what is in flight fits. */
  boolean mayTake(Command command) {
    boolean repeatable = command.verb().form() == Verb.Form.RETRIEVAL;
    boolean local = command.verb().form() == Verb.Form.LOCAL;
    return repeatable || local || allowance.allowsFinal();
  }

  /**
   * Whether its next request that needs a server may be begun, which may mean to be refused; false
   * when it has to wait.
   */
  boolean passesGate() {
    Gate gate = clients.gate;
    if (gate == null) {
      return true;
    }
    Gate.Verdict verdict = gate.verdict(this, pass);
    pass.refused(verdict == Gate.Verdict.REFUSE);
    return verdict != Gate.Verdict.WAIT;
  }

  GatePass pass() {
    return pass;
  }

  /** It is this client's turn after it had to wait. */
  void callThroughGate() {
    pass.inLine(false);
    pass.called(true);
    resume();
  }

  void enterGate() {
    if (clients.gate != null) {
      clients.gate.enter();
    }
  }

  void leaveGate() {
    if (clients.gate != null) {
      clients.gate.leave();
    }
  }

  void holdBack() {
    suspend();
    resumeWithLoad();
  }

  private void resumeWithLoad() {
    if (loop.load().isHigh()) {
      loop.load().await(this);
    }
  }

  /** Holds back until every request has been answered. */
  void holdBackUntilQuiet() {
    waitsForQuiet = true;
    suspend();
  }

  @Override
  protected boolean mayResume() {
    if (waitsForQuiet) {
      waitsForQuiet = !isQuiet();
    }
    if (deferring) {
      askDeferred();
    }
    if (waitsForQuiet || deferring || pass.isInLine()) {
      return false;
    }
    if (reader.values().isUploading()) {
      return !reader.values().waitsForServer();
    }
    boolean may = allowance.allowsResuming(replies.size()) && !waitsForOthers();
    if (!may) {
      resumeWithLoad();
    }
    return may;
  }

  private void askDeferred() {
    // A key may have one reply under way only, so what is being dropped must come to its end first.
    while (deferring
        && !replies.isDropping()
        && (allowance.allowsMore(0) || allowance.allowsNext())) {
      deferring = replies.askDeferred();
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
    resume();
    if (unsentBytes() > 0 && unread.start(takenBytes(), loop.now())) {
      clients.watch(this);
    }
  }

  /** Whether nothing waits to be read by the client any more, so that it need not be watched. */
  boolean hasReadAll() {
    boolean all = unsentBytes() == 0;
    if (all) {
      unread.stop();
    }
    return all;
  }

  /** Whether the client has read nothing for a time. */
  boolean isStuck(long now, long timeout) {
    return unread.isStuck(takenBytes(), now, timeout);
  }

  @Override
  protected void onResumed() {
    if (inputEnded) {
      drain();
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
      drain();
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
  private void drain() {
    reader.end(ErrorReply.SILENT_CLOSE);
  }

  /**
   * The same when the proxy is to end and not the client: the request that has begun to arrive is
   * taken yet, and the client is told of the end before it is cut off.
   */
  void takeLeave() {
    if (!isClosed()) {
      leaving = true;
      reader.endAfterPresent(hasUnparsedInput());
    }
  }

  @Override
  protected void onClosed() {
    reader.stop();
    if (clients.gate != null) {
      clients.gate.forget(this, pass);
    }
    replies.giveUpDeferred();
    clients.closed(this, inputEnded || (endedByItself() && !broken));
  }
}
