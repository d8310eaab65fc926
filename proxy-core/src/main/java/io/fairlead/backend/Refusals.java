package io.fairlead.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.loop.OutputBuffers;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.netty.buffer.ByteBuf;

/**
 * What a request is told for which a server has no connection: why, or that there is no such item,
 * where that is what reads are to be told while the server is out.
 */
final class Refusals {
  private static final byte[] EN = "EN\r\n".getBytes(US_ASCII);

  private final ServerAccounts accounts;
  private final Availability availability;
  private final OutputBuffers outputs;
  private final ExchangePool exchanges;

  Refusals(
      ServerAccounts accounts,
      Availability availability,
      OutputBuffers outputs,
      ExchangePool exchanges) {
    this.accounts = accounts;
    this.availability = availability;
    this.outputs = outputs;
    this.exchanges = exchanges;
  }

  /** A key of a retrieval; takes it. */
  void tell(Exchange exchange) {
    if (availability.readsMiss()) {
      tellMiss(exchange);
    } else {
      exchanges.fail(exchange, accounts.failed(availability.whyNot()));
    }
  }

  /** Likewise, when the server must be told of deletes first. */
  void tellCatchingUp(Exchange exchange) {
    if (availability.readsMiss()) {
      tellMiss(exchange);
    } else {
      exchanges.fail(exchange, Failure.CATCHING_UP);
    }
  }

  private void tellMiss(Exchange exchange) {
    accounts.count(ResultCounter.TKO);
    exchange.miss();
    exchanges.give(exchange);
  }

  /** Any other request. */
  void tell(ReplyShape shape, ReplySink sink, int slot) {
    if (misses(shape)) {
      tellMiss(sink, slot);
    } else {
      sink.onFailure(slot, accounts.failed(availability.whyNot()));
    }
  }

  /** Likewise, when the server must be told of deletes first. */
  void tellCatchingUp(ReplyShape shape, ReplySink sink, int slot) {
    if (misses(shape)) {
      tellMiss(sink, slot);
    } else {
      sink.onFailure(slot, Failure.CATCHING_UP);
    }
  }

  private boolean misses(ReplyShape shape) {
    return (shape == ReplyShape.MG || shape == ReplyShape.ME) && availability.readsMiss();
  }

  private void tellMiss(ReplySink sink, int slot) {
    accounts.count(ResultCounter.TKO);
    ByteBuf reply = outputs.take().writeBytes(EN);
    sink.onReply(slot, ReplyCode.EN, reply, 0, reply.readableBytes(), true);
    outputs.giveBack(reply);
  }
}
