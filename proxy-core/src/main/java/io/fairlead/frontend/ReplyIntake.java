package io.fairlead.frontend;

import static io.fairlead.frontend.ReplySlots.DEFERRED;
import static io.fairlead.frontend.ReplySlots.FAILED;
import static io.fairlead.frontend.ReplySlots.NOTHING;
import static io.fairlead.frontend.ReplySlots.OPEN;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ValueLine;
import io.netty.buffer.ByteBuf;

/** Takes in what servers answer to one request, and decides what its client gets of it. */
final class ReplyIntake implements ReplySink {
  private final ClientRequest request;
  private final ReplyParts parts;
  private final ReplySlots slots;
  private final Outcome outcome;
  private ClientConnection client;

  ReplyIntake(ClientRequest request, ReplyParts parts, Outcome outcome, ClientConnection client) {
    this.request = request;
    this.parts = parts;
    this.slots = parts.slots();
    this.outcome = outcome;
    this.client = client;
  }

  void belongsTo(ClientConnection owner) {
    client = owner;
  }

  @Override
  public boolean relays(int slot) {
    return client.isClosed() || parts.isTurn(slot);
  }

  @Override
  public boolean mayBeAskedAgain(int slot) {
    return request.isRetrieval() && !client.replies().isOvertakenByWrite(request);
  }

  /*
   * What goes wrong here, for lack of memory as a rule, is this client's loss alone: the server
   * connection that the reply came from must not be in doubt, nor what others have asked for on it.
   */
  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    int before = request.pending();
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
    if (request.pending() == pendingBefore) {
      request.settle(slot, FAILED);
    } else if (request.isReady()) {
      client.replies().onReady(request);
    }
  }

  private void take(int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    boolean isFirst = !parts.isUnderWay(slot);
    if (isFirst && request.isRetrieval() && code.isError()) {
      refuse(slot, code, in, from, length);
      return;
    }
    if (isFirst && code.isError() && isReplaced(code)) {
      request.fail(slot, Failure.INVALID_REPLY);
      return;
    }
    if (isFirst && !request.isRetrieval()) {
      request.answeredWith(code);
    }
    Arrival coming = parts.arrival(slot, complete);
    if (isFirst) {
      request.countVerdict(code);
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
    if (isValue(code)) {
      client.allowance().onValue(coming.bytes());
    }
    endReply(slot);
  }

  private static boolean isValue(ReplyCode code) {
    return code == ReplyCode.VALUE || code == ReplyCode.VA;
  }

  /** Whether a client is told something else than the error that the server has answered. */
  private boolean isReplaced(ReplyCode error) {
    return client.clients().policy.groupsErrors()
        || (request.isArithmeticMiss() && error.isServerFault());
  }

  /** Decides what becomes of a reply whose first piece this is. */
  private void beginReply(
      Arrival coming, int slot, ReplyCode code, ByteBuf in, int from, int length) {
    coming.begin();
    if (client.isClosed() || request.hides(code)) {
      coming.drop();
      return;
    }
    if (!isValue(code)) {
      return;
    }
    boolean repeatable = mayBeAskedAgain(slot);
    if (client.hasRoomFor(parts.isTurn(slot), repeatable ? length : 0)) {
      return;
    }
    coming.drop();
    client.stats().count(Counter.VALUES_DROPPED);
    if (repeatable) {
      slots.defer(slot, ValueLine.key(in, from));
      client.holdback().untilAskedAgain();
    } else {
      slots.state(slot, FAILED);
    }
  }

  private void pass(int slot, ByteBuf in, int from, int length) {
    if (slots.state(slot) == OPEN) {
      outcome.hit();
    }
    parts.add(slot, in, from, length);
  }

  private void endReply(int slot) {
    byte state = slots.state(slot);
    if (state == DEFERRED) {
      client.pass().leave(); // a client that does not read keeps no place
      client.onKeyEnded();
    } else if (state == FAILED) { // there was no room for it
      request.fail(slot, Failure.CLIENT_TOO_SLOW);
    } else {
      request.settle(slot, state == OPEN ? NOTHING : state);
    }
  }

  /** A retrieval was answered with an error line: that line is the reply when there is one key. */
  private void refuse(int slot, ReplyCode code, ByteBuf in, int from, int length) {
    ReplyPolicy policy = client.clients().policy;
    boolean isMiss = policy.errorsAreMisses() && code.isServerFault();
    if (slots.count() > 1 || !request.isSealed() || isMiss || policy.groupsErrors()) {
      if (!isMiss && policy.showsRefusals()) {
        outcome.refusedWith(in, from, length);
      }
      request.fail(slot, Failure.INVALID_REPLY);
      return;
    }
    outcome.refused();
    if (!client.isClosed()) {
      pass(slot, in, from, length);
    }
    endReply(slot);
  }

  @Override
  public void onMiss(int slot) {
    int before = request.pending();
    try {
      request.settle(slot, NOTHING);
    } catch (Throwable e) {
      client.onFault(e);
      endAfterFault(slot, before);
    }
  }

  @Override
  public void onFailure(int slot, Failure why) {
    int before = request.pending();
    try {
      end(slot, why);
    } catch (Throwable e) {
      client.onFault(e);
      endAfterFault(slot, before);
    }
  }

  private void end(int slot, Failure why) {
    if (parts.isUnderWay(slot)) {
      boolean wasDropped = parts.breakOff();
      if (slots.state(slot) == DEFERRED) {
        endReply(slot); // nothing of it was written, and it will be asked for again
        return;
      }
      if (!wasDropped) {
        client.close(); // half a value has been written: nothing can follow it
      }
    }
    request.fail(slot, why);
  }
}
