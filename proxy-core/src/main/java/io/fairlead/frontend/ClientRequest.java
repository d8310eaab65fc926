package io.fairlead.frontend;

import static io.fairlead.frontend.ReplySlots.DEFERRED;
import static io.fairlead.frontend.ReplySlots.FAILED;
import static io.fairlead.frontend.ReplySlots.HELD;
import static io.fairlead.frontend.ReplySlots.NOTHING;
import static io.fairlead.frontend.ReplySlots.OPEN;

import io.fairlead.backend.Accounts;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ValueLine;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client until its reply has been written: one slot for each key of a retrieval,
 * one slot for anything else.
 *
 * <p>Parts of the reply are written when it is this request's turn and their own, in the order of
 * the keys; what comes earlier is held.
 */
final class ClientRequest implements ReplySink {
  private final ReplySlots slots;

  /** The reply that comes piece by piece, while others may come whole. */
  private final Arrival arrival = new Arrival();

  private final Arrival whole = new Arrival();
  private final Tally tally = new Tally();
  private ClientConnection client;
  private Verb verb = Verb.GET;
  private int expiry;
  private long sequence;
  private boolean retrieval;
  private boolean noreply;

  /** Nothing is written before everything has come, because one failure replaces it all. */
  private boolean strict;

  /** All slots are there. */
  private boolean sealed;

  /** The reply is a server's error line instead of values. */
  private boolean refused;

  /** The first error line for one of several keys, which is the reply when all have failed. */
  private byte @Nullable [] refusal;

  private boolean endsConnection;
  private int pending;

  /** Slots before this one are written, or have nothing to write. */
  private int written;

  @Nullable ClientRequest nextFree;

  ClientRequest(ClientConnection client) {
    this.client = client;
    this.slots = new ReplySlots(client.loop());
  }

  void belongsTo(ClientConnection owner) {
    client = owner;
  }

  /** Its place among all requests of the client. */
  void sequence(long place) {
    sequence = place;
  }

  long sequence() {
    return sequence;
  }

  /** Makes this a retrieval; slots follow, then {@link #seal}. */
  void beginRetrieval(Verb how, int newExpiry, boolean errorsHideHits) {
    begin(how);
    expiry = newExpiry;
    retrieval = true;
    strict = errorsHideHits;
  }

  /** Makes this a request with one reply. */
  void beginSingle(Verb how, boolean quiet) {
    begin(how);
    noreply = quiet;
    addSlot();
    sealed = true;
  }

  /** Makes this a request whose reply is known already; it only waits for its turn. */
  void beginLocal(byte[] reply) {
    begin(Verb.VERSION);
    addSlot();
    sealed = true;
    hold(0, reply);
  }

  /** Makes this the last request of the connection. */
  void beginQuit() {
    begin(Verb.QUIT);
    endsConnection = true;
    seal();
  }

  private void begin(Verb how) {
    verb = how;
    retrieval = false;
    noreply = false;
    strict = false;
    sealed = false;
    refused = false;
    refusal = null;
    endsConnection = false;
    pending = 0;
    written = 0;
    arrival.clear();
    tally.clear();
  }

  /** Adds a key; its outcome will be told under the slot that is returned. */
  int addSlot() {
    pending++;
    client.enterGate();
    return slots.add();
  }

  /** Adds a key whose value, with the line before it, is known already. */
  void addFound(byte[] value) {
    client.allowance().onAsked();
    int slot = addSlot();
    tally.hit();
    hold(slot, value);
  }

  /** All keys have been asked for. */
  void seal() {
    sealed = true;
    if (pending == 0) {
      client.replies().onReady(this);
    }
  }

  /** Whether the server of one of the keys has not answered in time. */
  boolean hasTimedOut() {
    return tally.hasFailures() && tally.failure() == Failure.TIMEOUT;
  }

  boolean isReady() {
    return sealed && pending == 0;
  }

  boolean endsConnection() {
    return endsConnection;
  }

  /** Whether a value may come for each of its slots, which must then find room. */
  boolean isForValue() {
    return retrieval || verb == Verb.MG;
  }

  /** Bytes that came before their turn. */
  int heldBytes() {
    return slots.heldBytes();
  }

  /** Whether the reply for a slot can be written now. */
  private boolean isTurn(int slot) {
    return slot == written && !strict && client.replies().isFirst(this);
  }

  @Override
  public boolean relays(int slot) {
    return client.isClosed() || isTurn(slot);
  }

  /*
   * What goes wrong here, for lack of memory as a rule, is this client's loss alone: the server
   * connection that the reply came from must not be in doubt, nor what others have asked for on it.
   */
  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    int before = pending;
    try {
      take(slot, code, in, from, length, complete);
    } catch (Throwable e) {
      client.onFault(e);
      if (complete) {
        endAfterFault(slot, before);
      }
    }
  }

  /** The client is gone; the request is brought to its end, so that all it keeps is given back. */
  private void endAfterFault(int slot, int pendingBefore) {
    if (pending == pendingBefore) {
      settle(slot, FAILED);
    } else if (isReady()) {
      client.replies().onReady(this);
    }
  }

  private void take(int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    boolean isFirst = !arrival.isUnderWay(slot);
    if (isFirst && retrieval && code.isError()) {
      refuse(slot, code, in, from, length);
      return;
    }
    if (isFirst && code.isError() && isReplaced(code)) {
      fail(slot, Failure.INVALID_REPLY);
      return;
    }
    Arrival coming = isFirst && complete ? whole : arrival;
    if (isFirst) {
      beginReply(coming, slot, code, in, from, length);
    }
    coming.add(length);
    if (!coming.isDropped()) {
      pass(slot, in, from, length);
    }
    if (!complete) {
      coming.goesOn(slot);
      return;
    }
    coming.ends();
    if (code == ReplyCode.VALUE || code == ReplyCode.VA) {
      client.allowance().onValue(coming.bytes());
    }
    endReply(slot);
  }

  /** Whether a client is told something else than the error that the server has answered. */
  private boolean isReplaced(ReplyCode error) {
    return client.groupsErrors() || (isArithmeticMiss() && error.isServerFault());
  }

  /** Whether a failure is answered with NOT_FOUND. */
  private boolean isArithmeticMiss() {
    return verb.form() == Verb.Form.ARITHMETIC && client.arithmeticErrorsAreMisses();
  }

  /** Decides what becomes of a reply whose first piece this is. */
  private void beginReply(
      Arrival coming, int slot, ReplyCode code, ByteBuf in, int from, int length) {
    coming.begin();
    if (client.isClosed() || (noreply && verb.hidesWhenQuiet(code))) {
      coming.drop();
      return;
    }
    if (code != ReplyCode.VALUE && code != ReplyCode.VA) {
      return;
    }
    boolean repeatable = retrieval && !client.replies().isOvertakenByWrite(this);
    if (client.hasRoomFor(isTurn(slot), repeatable ? length : 0)) {
      return;
    }
    coming.drop();
    stats().count(Counter.VALUES_DROPPED);
    if (repeatable) {
      slots.defer(slot, ValueLine.key(in, from));
      client.onDeferred();
    } else {
      slots.state(slot, FAILED);
    }
  }

  private void pass(int slot, ByteBuf in, int from, int length) {
    if (slots.state(slot) == OPEN) {
      tally.hit();
    }
    if (isTurn(slot)) {
      client.write(in, from, length);
      slots.state(slot, NOTHING);
    } else {
      slots.hold(slot, in, from, length);
      client.onHeld(length);
    }
  }

  private void endReply(int slot) {
    byte state = slots.state(slot);
    if (state == DEFERRED) {
      client.leaveGate(); // a client that does not read keeps no place
      client.onKeyEnded();
    } else if (state == FAILED) { // there was no room for it
      fail(slot, Failure.CLIENT_TOO_SLOW);
    } else {
      settle(slot, state == OPEN ? NOTHING : state);
    }
  }

  /** A retrieval was answered with an error line: that line is the reply when there is one key. */
  private void refuse(int slot, ReplyCode code, ByteBuf in, int from, int length) {
    boolean isMiss = client.errorsAreMisses() && code.isServerFault();
    if (slots.count() > 1 || !sealed || isMiss || client.groupsErrors()) {
      if (refusal == null && !isMiss && client.showsRefusals()) {
        refusal = new byte[length];
        in.getBytes(from, refusal);
      }
      fail(slot, Failure.INVALID_REPLY);
      return;
    }
    refused = true;
    if (!client.isClosed()) {
      pass(slot, in, from, length);
    }
    endReply(slot);
  }

  @Override
  public void onMiss(int slot) {
    int before = pending;
    try {
      settle(slot, NOTHING);
    } catch (Throwable e) {
      client.onFault(e);
      endAfterFault(slot, before);
    }
  }

  @Override
  public void onFailure(int slot, Failure why) {
    int before = pending;
    try {
      end(slot, why);
    } catch (Throwable e) {
      client.onFault(e);
      endAfterFault(slot, before);
    }
  }

  private void end(int slot, Failure why) {
    if (arrival.isUnderWay(slot)) {
      arrival.ends();
      if (slots.state(slot) == DEFERRED) {
        endReply(slot); // nothing of it was written, and it will be asked for again
        return;
      }
      if (!arrival.isDropped()) {
        client.close(); // half a value has been written: nothing can follow it
      }
    }
    fail(slot, why);
  }

  /** The reply is this error, or nothing, because the request itself turned out to be bad. */
  void replaceBy(@Nullable ErrorReply error) {
    if (error == null) {
      settle(0, NOTHING);
      return;
    }
    stats().count(Counter.CLIENT_ERRORS);
    hold(0, error.line());
  }

  private void hold(int slot, byte[] line) {
    slots.hold(slot, line);
    client.allowance().onHeld(line.length);
    settle(slot, HELD);
  }

  private void fail(int slot, Failure why) {
    tally.failed(why);
    settle(slot, FAILED);
  }

  private void settle(int slot, byte state) {
    slots.state(slot, state);
    pending--;
    client.leaveGate();
    if (isForValue()) {
      client.onKeyEnded();
    }
    if (isTurn(slot)) {
      writeTurns();
    }
    if (isReady()) {
      client.replies().onReady(this);
    }
  }

  /** Writes what is held from the first slot on whose turn it is. */
  private void writeTurns() {
    while (written < slots.count() && !arrival.isUnderWay(written) && slots.isSettled(written)) {
      client.allowance().onHeld(-slots.write(written, client));
      written++;
    }
  }

  /** It has become this request's turn. */
  void onFirst() {
    if (!strict) {
      writeTurns();
    }
  }

  /** Whether a value that is being dropped has not come to its end. */
  boolean isDropping() {
    return arrival.isDropping();
  }

  /** Ends the keys that wait to be asked for again; one that is still arriving ends by itself. */
  void giveUpDeferred() {
    for (ReplySlots.Deferred next = slots.nextDeferred();
        next != null;
        next = slots.nextDeferred()) {
      if (!arrival.isUnderWay(next.slot)) {
        client.allowance().onAsked(); // its end was noted when it was dropped
        client.enterGate();
        fail(next.slot, Failure.CLIENT_TOO_SLOW);
      }
    }
  }

  /** Asks once more for the first key whose value was dropped; false when there is none. */
  boolean askDeferred() {
    ReplySlots.Deferred next = slots.nextDeferred();
    if (next == null) {
      return false;
    }
    Exchange exchange = client.exchange(this, next.slot);
    exchange.retrieves(verb, expiry, next.key);
    client.enterGate();
    client.askAgain(exchange);
    client.endOfGet();
    return true;
  }

  /** Writes what is left of a reply that is complete. */
  void finish() {
    if (tally.hasFailures() && tally.failure() != Failure.CLIENT_TOO_SLOW) {
      client.onForwardError(tally.failure(), tally.failedKeys());
    }
    if (!retrieval || refused) {
      writeTurns();
      if (tally.hasFailures() && !isSilent()) {
        writeSingleFailure();
      }
    } else if (isFailed()) {
      writeFailure();
    } else {
      writeTurns();
      client.write(LocalReplies.END);
    }
    if (retrieval) {
      count();
    }
  }

  private void writeSingleFailure() {
    if (isArithmeticMiss()) {
      client.write(LocalReplies.NOT_FOUND);
    } else {
      client.serverError(tally.failure());
    }
  }

  private void writeFailure() {
    byte[] line = refusal;
    if (line != null) {
      client.write(line);
    } else {
      client.serverError(tally.failure());
    }
  }

  /** Whether a retrieval is answered with an error. */
  private boolean isFailed() {
    boolean shown = refusal != null || !client.errorsAreMisses();
    boolean allFailed = tally.haveAllFailed(slots.count()) && shown;
    return tally.hasFailures() && (strict || allFailed);
  }

  /** Classic noreply hides errors too; meta's q never does. */
  private boolean isSilent() {
    return noreply && verb.form() != Verb.Form.META;
  }

  private void count() {
    if (refused) { // what was passed on is no value
      tally.refuseAll(slots.count());
    }
    tally.count(stats(), slots.count(), !strict);
    if (verb != Verb.GET) { // of which there are as many as there are other keys
      stats().received().add(Accounts.of(verb), slots.count());
    }
  }

  private LoopStats stats() {
    return client.stats();
  }

  /** Gives up what was held; the request is over. */
  void release() {
    slots.clear();
  }
}
