package io.fairlead.route.copy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.protocol.HitLine;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Reply;
import io.fairlead.route.Request;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A read whose hit may be answered in another form than it came in, while a copy of the value is
 * kept: whole or piece by piece.
 */
abstract class PassingDispatch extends Dispatch {
  private static final char FLAGS = 'f';
  private static final byte[] NO_CAS = {};
  private static final byte[] VALUE_FLAGS_TTL = " v f t".getBytes(US_ASCII);

  /** More tokens than these and one of ours would be too many for memcached 1.6.18. */
  private static final int MOST_TOKENS = 16;

  final HitLine line = new HitLine();
  final ValueCopy copy;

  /** The cas unique that the answer is to have; empty for what it has. */
  private byte[] cas = NO_CAS;

  /** The first piece of the hit has been passed on. */
  private boolean begun;

  /** The request was sent with a flag that the client has not asked for. */
  private boolean flagAdded;

  PassingDispatch(RouteContext context) {
    super(context);
    copy = new ValueCopy(context);
  }

  final boolean isOperation(Operation one, Operation other) {
    return operation() == one || operation() == other;
  }

  /** Sends the request so that a hit says its flags, though the client may not want to know. */
  final void sendAskingFlags(Route child, int slot) {
    Request original = request();
    boolean asks = !original.isRetrieval() && original.command().verb() == Verb.MG;
    flagAdded = asks && !original.command().meta().has(FLAGS) && tokens(original) <= MOST_TOKENS;
    if (!flagAdded) {
      send(child, slot);
      return;
    }
    ByteBuf asking = context.buffer(-1);
    KeyText.withFlag(asking, original, FLAGS);
    sendOwn(asking, child, slot);
  }

  private static int tokens(Request request) {
    ByteBuf in = request.bytes();
    int count = 0;
    for (int at = request.command().argumentsFrom(); at < request.command().argumentsTo(); at++) {
      count += in.getByte(at) == ' ' ? 1 : 0;
    }
    return count;
  }

  /** Sends a request of ours, which is taken. */
  final void sendOwn(ByteBuf written, Route child, int slot) {
    Request own = context.written(written);
    send(own, child, slot);
    own.release();
  }

  /** Sends a request of ours, which is taken, to a child whose reply interests nobody. */
  final void sendOwnAside(ByteBuf written, Route child) {
    sendAside(context.written(written), child);
  }

  /** Asks for all that a copy needs. */
  final void sendFetch(Route child, int slot) {
    ByteBuf fetch = context.buffer(-1);
    KeyText.metaGet(fetch, request(), VALUE_FLAGS_TTL);
    sendOwn(fetch, child, slot);
  }

  /** Sends a plain get for the key. */
  final void sendGet(Route child, int slot) {
    Request own = KeyRequests.get(context, request());
    send(own, child, slot);
    own.release();
  }

  /**
   * A store of the value in a reply that has come whole, which the caller must release; null when
   * there is no room for it.
   */
  final @Nullable Request storeOf(Reply reply, Verb verb, int expiry) {
    copy.begin(request(), verb, line.flags(), expiry, line.valueLength());
    copy.add(reply.bytes(), line.end(), reply.from() + reply.length() - line.end());
    return copy.take();
  }

  /** Reads the line of a hit. */
  final HitLine lineOf(Reply hit) {
    return line.read(hit.bytes(), hit.from());
  }

  /** Whether the flags are in the reply although the client has not asked for them. */
  final boolean isFlagAdded() {
    return flagAdded;
  }

  /** Lets the answer have its own cas unique. */
  final void dropCas() {
    cas = NO_CAS;
  }

  /** Lets the answer have the cas unique of another hit, if that has one. */
  final void keepCas(HitLine of, ByteBuf in) {
    cas = of.cas(in);
  }

  /** What is to be done with a hit before any of it is passed on: perhaps to begin a copy. */
  void onHit(int slot, ByteBuf in) {}

  /** The last piece of a hit has been passed on. */
  void onPassed() {}

  /** Answers with a hit that has come whole. */
  final void passHit(Reply reply) {
    relay(reply.slot(), reply.code(), reply.bytes(), reply.from(), reply.length(), true);
  }

  @Override
  protected final void relay(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    int pieceFrom = from;
    if (!begun) {
      line.read(in, from);
      onHit(slot, in);
      pieceFrom = line.end();
    }
    copy.add(in, pieceFrom, from + length - pieceFrom);
    if (begun || !changesLine(code)) {
      begun = true;
      pass(code, in, from, length, complete);
    } else {
      begun = true;
      passChanged(code, in, from + length, complete);
    }
    if (complete) {
      onPassed();
    }
  }

  private boolean changesLine(ReplyCode code) {
    boolean otherForm = request().isRetrieval() ? code == ReplyCode.VA : flagAdded;
    return otherForm || cas.length > 0;
  }

  private void passChanged(ReplyCode code, ByteBuf in, int to, boolean complete) {
    int rest = to - line.end();
    boolean whole = complete && rest > 0;
    ByteBuf changed = context.buffer(whole ? rest : -1);
    ReplyCode said = writeChanged(changed, code, in);
    if (whole) {
      changed.writeBytes(in, line.end(), rest);
    }
    pass(said, changed, 0, changed.readableBytes(), complete);
    context.loop().outputs().giveBack(changed);
    if (!complete && rest > 0) {
      pass(said, in, line.end(), rest, false);
    }
  }

  private ReplyCode writeChanged(ByteBuf changed, ReplyCode code, ByteBuf in) {
    if (!request().isRetrieval()) {
      line.rewrite(changed, in, flagAdded, cas);
      return code;
    }
    line.writeValue(changed, request().key(), request().keyLength(), cas);
    return ReplyCode.VALUE;
  }

  @Override
  protected void finished() {
    copy.drop();
  }
}
