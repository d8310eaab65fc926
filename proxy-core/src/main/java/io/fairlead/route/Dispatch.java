package io.fairlead.route;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Result;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request while a route sends it to its children, as often as it takes, and makes one answer of
 * their replies.
 *
 * <pre>
 *   start() -- send(child) ... --> ended(reply), for each -- answer(reply), exactly once
 *                                     |
 *                                     +-- send(another child) ...
 * </pre>
 *
 * <p>The answer may come before the last reply, not after it. The request is kept until the last
 * reply has come.
 */
public abstract class Dispatch implements ReplySink {
  private static final int NONE = -1;

  protected final RouteContext context;
  private @Nullable Request request;

  /** Whom to tell, unless the request is a retrieval, whose exchange knows. */
  private @Nullable ReplySink sink;

  private int sinkSlot;
  private int lane;

  /** Replies and other events that are still to come, and one more while this starts. */
  private int pending;

  private boolean answered;

  /** The child whose hit is being passed on as it arrives; negative when there is none. */
  private int relayed = NONE;

  protected Dispatch(RouteContext context) {
    this.context = context;
  }

  /** Begins to serve a request, which is taken; {@code toTell} is null for a retrieval. */
  final void begin(Request toServe, @Nullable ReplySink toTell, int slot, int onLane) {
    request = toServe;
    sink = toTell;
    sinkSlot = slot;
    lane = onLane;
    pending = 1;
    context.begun();
    start();
    over();
  }

  /** Sends the request where it should go first. */
  protected abstract void start();

  /**
   * A child has replied.
   *
   * @param reply borrowed
   */
  protected abstract void ended(Reply reply);

  /**
   * Whether a reply of that child with that result is the answer, whatever else there is in it, so
   * that no {@link Reply} need be made.
   */
  protected boolean isAnswer(int slot, Result result) {
    return false;
  }

  /** The rest of a hit that was being passed on from that child does not come. */
  protected void brokenOff(int slot) {}

  /** Everything is over; what was kept is given up. */
  protected void finished() {}

  /**
   * Whether a hit of that child is the answer whatever it is, so that it may pass as it arrives.
   */
  protected boolean passesHits(int slot) {
    return false;
  }

  /**
   * Passes on a piece of a hit that {@link #passesHits passes}: the line, with its whole end, comes
   * in the first one.
   *
   * @param in borrowed
   */
  protected void relay(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    pass(code, in, from, length, complete);
  }

  protected final Request request() {
    Request present = request;
    if (present == null) {
      throw new IllegalStateException("the request is over");
    }
    return present;
  }

  protected final Operation operation() {
    return request().operation();
  }

  protected final int lane() {
    return lane;
  }

  protected final boolean isAnswered() {
    return answered;
  }

  /** Sends the request to a child, whose reply will be that of {@code slot}. */
  protected final void send(Route child, int slot) {
    send(request(), child, slot);
  }

  /** Sends another request, of which the caller stays the owner, to a child. */
  protected final void send(Request other, Route child, int slot) {
    pending++;
    other.sendTo(child, this, slot, lane);
  }

  /** Sends another request, which is taken, to a child whose reply interests nobody. */
  protected final void sendAside(Request other, Route child) {
    other.sendTo(child, ReplySink.NOBODY, 0, lane);
    other.release();
  }

  /** Sends the request to one more child, whose reply interests nobody. */
  protected final void sendAside(Route child) {
    request().sendTo(child, ReplySink.NOBODY, 0, lane);
  }

  /** Waits for something that is no reply, until {@link #endWait}. */
  protected final void beginWait() {
    pending++;
  }

  /** What was waited for has come, and everything has been done that is to be done then. */
  protected final void endWait() {
    over();
  }

  /** Passes on a child's reply as the answer. */
  protected final void answer(Reply reply) {
    Failure failure = reply.failure();
    ReplySink told = sink;
    if (failure != null && reply.hasBytes() && told != null) {
      answered = true;
      told.onSpooled(sinkSlot, failure, reply.code(), reply.bytes(), reply.from(), reply.length());
    } else if (failure != null) {
      fail(failure);
    } else if (reply.hasBytes()) {
      pass(reply.code(), reply.bytes(), reply.from(), reply.length(), true);
    } else {
      answerMiss();
    }
  }

  private void answerMiss() {
    answered = true;
    request().exchange().miss();
  }

  /** Answers that nothing was done: the key is not there, or nothing was stored. */
  protected final void answerNothing() {
    if (request().isRetrieval()) {
      answerMiss();
      return;
    }
    ByteBuf line = context.buffer(-1);
    ReplyCode code = NothingDone.write(line, request().command(), request().bytes());
    pass(code, line, 0, line.readableBytes(), true);
    context.loop().outputs().giveBack(line);
  }

  /** Answers with an error. */
  protected final void fail(Failure failure) {
    answered = true;
    ReplySink told = sink;
    if (told == null) {
      request().exchange().failed(failure);
    } else {
      told.onFailure(sinkSlot, failure);
    }
  }

  /** Answers with a line, and the value that follows it, or with a piece of that. */
  protected final void pass(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    answered = complete;
    ReplySink told = sink;
    if (told == null) {
      request().exchange().reply(code, in, from, length, complete);
    } else {
      told.onReply(sinkSlot, code, in, from, length, complete);
    }
  }

  private boolean clientRelays() {
    ReplySink told = sink;
    return told == null ? request().exchange().relays() : told.relays(sinkSlot);
  }

  @Override
  public final boolean relays(int slot) {
    return !answered && relayed == NONE && passesHits(slot) && clientRelays();
  }

  @Override
  public final boolean mayBeAskedAgain(int slot) {
    return sink == null && request().exchange().mayBeAskedAgain();
  }

  @Override
  public final void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (relayed == slot || !complete) {
      relayed = complete ? NONE : slot;
      relay(slot, code, in, from, length, complete);
      if (complete) {
        over();
      }
      return;
    }
    Result result = Results.of(operation(), code, in, from, length);
    if (isAnswer(slot, result)) {
      pass(code, in, from, length, true);
    } else {
      ended(Reply.line(slot, result, code, in, from, length));
    }
    over();
  }

  /** Another child may know the key still, so this counts as the failure that it is. */
  @Override
  public final void onSpooled(
      int slot, Failure failure, ReplyCode code, ByteBuf in, int from, int length) {
    ended(Reply.spooled(slot, failure, code, in, from, length));
    over();
  }

  @Override
  public final void onMiss(int slot) {
    if (isAnswer(slot, Result.NOTFOUND)) {
      answerMiss();
    } else {
      ended(Reply.miss(slot));
    }
    over();
  }

  @Override
  public final void onFailure(int slot, Failure failure) {
    if (relayed == slot) {
      relayed = NONE;
      brokenOff(slot);
      fail(failure); // part of the value has been passed on
    } else {
      ended(Reply.failed(slot, failure));
    }
    over();
  }

  private void over() {
    if (--pending > 0) {
      return;
    }
    if (!answered) {
      throw new IllegalStateException("a request was not answered");
    }
    finished();
    context.ended();
    Request done = request();
    request = null;
    sink = null;
    done.release();
  }
}
