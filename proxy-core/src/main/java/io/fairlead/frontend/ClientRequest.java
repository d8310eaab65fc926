package io.fairlead.frontend;

import static io.fairlead.frontend.ReplySlots.FAILED;
import static io.fairlead.frontend.ReplySlots.HELD;
import static io.fairlead.frontend.ReplySlots.NOTHING;

import io.fairlead.backend.Accounts;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.OutcomeCounter;
import io.fairlead.metrics.RequestStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.Verb;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client until its reply has been written: one slot for each key of a retrieval,
 * one slot for anything else.
 */
final class ClientRequest {
  private final ReplyParts parts;
  private final ReplySlots slots;
  private final Outcome outcome = new Outcome();
  private final ReplyIntake intake;
  private ClientConnection client;
  private Verb verb = Verb.GET;
  private int expiry;
  private long sequence;
  private long begunNanos;

  /** What became of it, when it is no retrieval and has not failed. */
  private ResultCounter result = ResultCounter.NOTFOUND;

  private boolean retrieval;
  private boolean noreply;

  /** All slots are there. */
  private boolean sealed;

  private boolean endsConnection;
  private int pending;

  @Nullable ClientRequest nextFree;

  ClientRequest(ClientConnection client) {
    this.client = client;
    this.parts = new ReplyParts(this, client);
    this.slots = parts.slots();
    this.intake = new ReplyIntake(this, parts, outcome, client);
  }

  void belongsTo(ClientConnection owner) {
    client = owner;
    parts.belongsTo(owner);
    intake.belongsTo(owner);
  }

  /** Its place among all requests of the client. */
  void sequence(long place) {
    sequence = place;
  }

  long sequence() {
    return sequence;
  }

  /** Makes this a retrieval; slots follow, then {@link #seal}. */
  void beginRetrieval(Verb how, int newExpiry) {
    begin(how, client.clients().policy.errorsHideHits());
    expiry = newExpiry;
    retrieval = true;
  }

  /** Makes this a request with one reply. */
  void beginSingle(Verb how, boolean quiet) {
    begin(how, false);
    noreply = quiet;
    addSlot();
    sealed = true;
  }

  /** Makes this a request whose reply is known already; it only waits for its turn. */
  void beginLocal(byte[] reply, ResultCounter how) {
    begin(Verb.VERSION, false);
    result = how;
    addSlot();
    sealed = true;
    hold(0, reply);
  }

  /** Makes this the last request of the connection. */
  void beginQuit() {
    begin(Verb.QUIT, false);
    endsConnection = true;
    seal();
  }

  private void begin(Verb how, boolean oneFailureReplacesAll) {
    verb = how;
    begunNanos = client.loop().now();
    result = ResultCounter.NOTFOUND; // which is all that servers say without a reply
    retrieval = false;
    noreply = false;
    sealed = false;
    endsConnection = false;
    pending = 0;
    parts.begin(oneFailureReplacesAll);
    outcome.clear();
  }

  /** Adds a key; its outcome will be told under the slot that is returned. */
  int addSlot() {
    pending++;
    client.pass().enter();
    return slots.add();
  }

  /** Adds a key whose value, with the line before it, is known already. */
  void addFound(byte[] value) {
    client.allowance().onAsked();
    int slot = addSlot();
    outcome.hit();
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
    return outcome.hasTimedOut();
  }

  boolean isReady() {
    return sealed && pending == 0;
  }

  boolean endsConnection() {
    return endsConnection;
  }

  /** Where its servers answer to. */
  ReplySink intake() {
    return intake;
  }

  boolean isRetrieval() {
    return retrieval;
  }

  boolean isSealed() {
    return sealed;
  }

  /** Slots of which the outcome is not known. */
  int pending() {
    return pending;
  }

  /** Whether a reply is not told, because the client has asked for that. */
  boolean hides(ReplyCode code) {
    return noreply && verb.hidesWhenQuiet(code);
  }

  /** Notes the reply to a request that is no retrieval. */
  void answeredWith(ReplyCode code) {
    result = Accounts.of(ReplyShape.of(verb), code);
  }

  /** Whether a failure is answered with NOT_FOUND. */
  boolean isArithmeticMiss() {
    return verb.form() == Verb.Form.ARITHMETIC
        && client.clients().policy.arithmeticErrorsAreMisses();
  }

  /** Whether a value may come for each of its slots, which must then find room. */
  boolean isForValue() {
    return retrieval || verb == Verb.MG;
  }

  /** The reply is this error, or nothing, because the request itself turned out to be bad. */
  void replaceBy(@Nullable ErrorReply error) {
    result = ResultCounter.CLIENT_ERROR;
    if (error == null) {
      settle(0, NOTHING);
      return;
    }
    stats().count(Counter.CLIENT_ERRORS);
    hold(0, error.line());
  }

  private void hold(int slot, byte[] line) {
    parts.hold(slot, line);
    settle(slot, HELD);
  }

  void fail(int slot, Failure why) {
    outcome.failed(why);
    settle(slot, FAILED);
  }

  void settle(int slot, byte state) {
    pending--;
    client.pass().leave();
    if (isForValue()) {
      client.onKeyEnded();
    }
    parts.settle(slot, state);
    if (isReady()) {
      client.replies().onReady(this);
    }
  }

  /** It has become this request's turn. */
  void onFirst() {
    parts.onTurn();
  }

  /** Whether a value that is being dropped has not come to its end. */
  boolean isDropping() {
    return parts.isDropping();
  }

  /** Ends the keys that wait to be asked for again; one that is still arriving ends by itself. */
  void giveUpDeferred() {
    for (ReplySlots.Deferred next = slots.nextDeferred();
        next != null;
        next = slots.nextDeferred()) {
      if (!parts.isUnderWay(next.slot)) {
        client.allowance().onAsked(); // its end was noted when it was dropped
        client.pass().enter();
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
    Exchange exchange = client.forwarding().exchange(this, next.slot);
    exchange.retrieves(verb, expiry, next.key);
    client.forwarding().askAgain(exchange);
    return true;
  }

  /** Writes what is left of a reply that is complete. */
  void finish() {
    if (outcome.hasFailures() && outcome.failure() != Failure.CLIENT_TOO_SLOW) {
      client.clients().onForwardError(outcome.failure(), outcome.failedKeys());
    }
    if (!retrieval || outcome.isRefused()) {
      parts.writeHeld();
      if (outcome.hasFailures() && !isSilent()) {
        writeFailure();
      }
    } else if (outcome.isFailure(slots.count(), parts.waitsForAll(), client.clients().policy)) {
      writeFailure();
    } else {
      parts.writeHeld();
      client.write(LocalReplies.END);
    }
    if (!endsConnection) {
      count();
    }
  }

  private void writeFailure() {
    if (isArithmeticMiss()) {
      client.write(LocalReplies.NOT_FOUND);
      return;
    }
    if (outcome.isOwnFailure()) {
      stats().count(Counter.SERVER_ERRORS);
    }
    client.write(outcome.failureLine(client.clients().policy));
  }

  /** Classic noreply hides errors too; meta's q never does. */
  private boolean isSilent() {
    return noreply && verb.form() != Verb.Form.META;
  }

  /** A server has answered, or begun to. */
  void countVerdict(ReplyCode code) {
    if (!retrieval) {
      OutcomeCounter verdict = Verdicts.of(verb, code);
      if (verdict != null) {
        stats().outcomes().count(verdict);
      }
    }
  }

  private void count() {
    CommandClass command = Accounts.classOf(verb);
    RequestStats requests = client.clients().poolStats.requests();
    requests.took(command, client.loop().now() - begunNanos);
    if (!retrieval) {
      boolean hasFailed = outcome.hasFailures();
      requests.count(command, hasFailed ? Accounts.of(outcome.failure()) : result, 1);
      return;
    }
    outcome.count(stats(), requests, slots.count(), !parts.waitsForAll());
    if (verb.touches()) {
      outcome.countTouched(stats().outcomes(), slots.count());
    }
    if (verb != Verb.GET) { // of which there are as many as there are other keys
      stats().received().add(Accounts.of(verb), slots.count());
    }
  }

  private LoopStats stats() {
    return client.stats();
  }

  /** Gives up what was held; the request is over. */
  void release() {
    parts.release();
  }
}
