package io.fairlead.route.copy;

import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Result;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Reply;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;

/** A store of a big value: first its pieces, a few at a time, then the index, by what was asked. */
final class BigWrite extends Dispatch {
  private static final int INDEX = 0;
  private static final int PIECE = 1;

  private final BigValueRoute route;
  private Index index = new Index(1, 0);
  private int next;
  private int underWay;
  private boolean sending;

  BigWrite(RouteContext context, BigValueRoute route) {
    super(context);
    this.route = route;
  }

  @Override
  protected void start() {
    index = Index.random(route.pieces(request().command().valueLength()));
    sendMore();
  }

  /** A reply may come before its request is sent whole; the loop then goes on here. */
  private void sendMore() {
    if (sending) {
      return;
    }
    sending = true;
    while (!isAnswered() && next < index.pieces() && underWay < route.batch()) {
      underWay++;
      sendPiece(next++);
    }
    sending = false;
    if (!isAnswered() && underWay == 0) {
      sendIndex();
    }
  }

  private void sendPiece(int piece) {
    Command command = request().command();
    ByteBuf in = request().bytes();
    int from = piece * route.pieceBytes();
    int length = Math.min(route.pieceBytes(), command.valueLength() - from);
    ByteBuf store = context.buffer(length);
    store.writeBytes(Verb.SET.word()).writeByte(' ');
    store.writeBytes(index.keyOf(piece, request().key(), request().keyLength()));
    store.writeByte(' ').writeByte('0').writeByte(' ');
    Ascii.writeSigned(store, StoreLine.expiry(command, in));
    store.writeByte(' ');
    Ascii.writeUnsigned(store, length);
    RequestWriter.endLine(store);
    store.writeBytes(in, command.lineEnd() + from, length);
    RequestWriter.endLine(store);
    send(store, PIECE);
  }

  private void sendIndex() {
    Command command = request().command();
    ByteBuf in = request().bytes();
    byte[] text = index.text();
    ByteBuf store = context.buffer(-1);
    long flags = StoreLine.flags(command, in) | Index.FLAG;
    StoreLine.write(store, command, in, flags, StoreLine.expiry(command, in), text.length);
    store.writeBytes(text);
    RequestWriter.endLine(store);
    underWay++;
    send(store, INDEX);
  }

  private void send(ByteBuf written, int slot) {
    Request own = context.written(written);
    send(own, route.target(), slot);
    own.release();
  }

  @Override
  protected void ended(Reply reply) {
    underWay--;
    if (isAnswered()) {
      return;
    }
    if (reply.slot() == INDEX || reply.result() != Result.STORED) {
      answer(reply);
    } else {
      sendMore();
    }
  }
}
