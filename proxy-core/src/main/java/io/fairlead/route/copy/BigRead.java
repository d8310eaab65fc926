package io.fairlead.route.copy;

import io.fairlead.backend.Failure;
import io.fairlead.protocol.HitLine;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Result;
import io.fairlead.protocol.Verb;
import io.fairlead.route.KeptReply;
import io.fairlead.route.Reply;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A read that may find an index; then the pieces are asked for, a few at a time, and joined. */
final class BigRead extends PassingDispatch {
  private static final int INDEX = 0;
  private static final int FIRST_PIECE = 1;

  private final BigValueRoute route;
  private final KeptReply indexReply;
  private final HitLine pieceLine = new HitLine();
  private KeptReply[] pieces = {};
  private @Nullable Index index;
  private int next;
  private int underWay;
  private int came;
  private int totalBytes;
  private boolean sending;

  BigRead(RouteContext context, BigValueRoute route) {
    super(context);
    this.route = route;
    this.indexReply = new KeptReply(context);
  }

  @Override
  protected void start() {
    sendAskingFlags(route.target(), INDEX);
  }

  /** An index is never that large. */
  @Override
  protected boolean passesHits(int slot) {
    return slot == INDEX;
  }

  @Override
  protected void ended(Reply reply) {
    if (reply.slot() == INDEX) {
      onFirst(reply);
    } else {
      underWay--;
      if (!isAnswered()) {
        onPiece(reply);
      }
    }
  }

  private void onFirst(Reply reply) {
    if (reply.result() != Result.FOUND) {
      answer(reply);
      return;
    }
    index = reply.code() == ReplyCode.HD ? null : Index.of(lineOf(reply), reply.bytes());
    if (index == null) {
      passHit(reply);
      return;
    }
    indexReply.keep(reply);
    pieces = new KeptReply[index.pieces()];
    sendMore();
  }

  /** A reply may come before its request is sent; the loop then goes on here. */
  private void sendMore() {
    if (sending) {
      return;
    }
    sending = true;
    while (!isAnswered() && next < pieces.length && underWay < route.batch()) {
      underWay++;
      ask(next++);
    }
    sending = false;
  }

  private void ask(int piece) {
    Index of = index;
    if (of == null) {
      throw new IllegalStateException("a piece of nothing");
    }
    byte[] key = of.keyOf(piece, request().key(), request().keyLength());
    boolean touches = touches();
    Request own =
        KeyRequests.retrieval(
            context, touches ? Verb.GAT : Verb.GET, touches ? expiry() : 0, key, key.length);
    send(own, route.target(), FIRST_PIECE + piece);
    own.release();
  }

  private boolean touches() {
    Request asked = request();
    return asked.isRetrieval()
        ? asked.exchange().verb().touches()
        : asked.command().meta().has('T');
  }

  private int expiry() {
    Request asked = request();
    return asked.isRetrieval()
        ? asked.exchange().expiry()
        : (int) StoreLine.number(asked.command(), asked.bytes(), 'T');
  }

  private void onPiece(Reply reply) {
    if (reply.result() == Result.NOTFOUND) {
      answerNothing();
    } else if (reply.result() != Result.FOUND) {
      answer(reply);
    } else if (!context.mayKeep(2L * reply.length())) { // once here, once where they are joined
      fail(Failure.OVERLOADED);
    } else {
      keep(reply);
    }
  }

  private void keep(Reply reply) {
    KeptReply piece = new KeptReply(context);
    totalBytes += pieceLine.read(reply.bytes(), reply.from()).valueLength();
    piece.keep(reply);
    pieces[reply.slot() - FIRST_PIECE] = piece;
    if (++came == pieces.length) {
      answerJoined();
    } else {
      sendMore();
    }
  }

  private void answerJoined() {
    ByteBuf first = indexReply.reply().bytes();
    lineOf(indexReply.reply());
    ByteBuf whole = context.buffer(totalBytes);
    ReplyCode code = writeLine(whole, first);
    for (KeptReply piece : pieces) {
      ByteBuf in = piece.reply().bytes();
      pieceLine.read(in, piece.reply().from());
      whole.writeBytes(in, pieceLine.end(), pieceLine.valueLength());
      piece.drop();
    }
    RequestWriter.endLine(whole);
    pass(code, whole, 0, whole.readableBytes(), true);
    context.loop().outputs().giveBack(whole);
  }

  private ReplyCode writeLine(ByteBuf whole, ByteBuf in) {
    long flags = line.flags() & ~Index.FLAG;
    if (request().isRetrieval()) {
      HitLine.beginValue(whole, request().key(), request().keyLength(), flags, totalBytes);
      HitLine.endValue(whole, line.cas(in));
      return ReplyCode.VALUE;
    }
    line.rewrite(whole, in, isFlagAdded() ? HitLine.NONE : flags, totalBytes);
    return ReplyCode.VA;
  }

  @Override
  protected void finished() {
    super.finished();
    indexReply.drop();
    for (KeptReply piece : pieces) {
      if (piece != null) {
        piece.drop();
      }
    }
  }
}
