package io.fairlead.route.copy;

import io.fairlead.protocol.Expiry;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Result;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Reply;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;

/** A read of the warm cache; what it finds, staging is to have, too. */
final class StagingRead extends PassingDispatch {
  private static final int WARM = 0;
  private static final int PROBE = 1;
  private static final int FETCH = 2;

  private final StagingRoute route;
  private boolean stale;
  private boolean askedMeta;

  StagingRead(RouteContext context, StagingRoute route) {
    super(context);
    this.route = route;
  }

  @Override
  protected void start() {
    send(route.warm, WARM);
  }

  @Override
  protected boolean passesHits(int slot) {
    return slot == WARM;
  }

  @Override
  protected void ended(Reply reply) {
    switch (reply.slot()) {
      case WARM -> onWarm(reply);
      case PROBE -> onProbed(reply);
      default -> onFetched(reply);
    }
  }

  private void onWarm(Reply reply) {
    if (reply.result() == Result.FOUND && readsValue()) {
      passHit(reply);
    } else {
      answer(reply);
    }
  }

  private boolean readsValue() {
    Request asked = request();
    return asked.isRetrieval()
        || (asked.command().verb() == Verb.MG && asked.command().meta().has('v'));
  }

  @Override
  void onHit(int slot, ByteBuf in) {
    stale = line.isStale();
  }

  /** A get-and-touch is for both; for other reads it is enough to know whether the key is there. */
  @Override
  void onPassed() {
    if (stale) {
      return;
    }
    if (isOperation(Operation.GAT, Operation.GATS)) {
      send(route.staging, PROBE);
    } else {
      sendOwn(route.probe(request()), route.staging, PROBE);
    }
  }

  /** A server that knows no meta commands is not asked, but given a copy; add does no harm. */
  private void onProbed(Reply reply) {
    if (reply.result() == Result.NOTFOUND || reply.code() == ReplyCode.ERROR) {
      askedMeta = true;
      sendFetch(route.warm, FETCH);
    }
  }

  private void onFetched(Reply reply) {
    if (askedMeta && reply.code() == ReplyCode.ERROR && !KeyText.isBase64(request())) {
      askedMeta = false;
      sendGet(route.warm, FETCH);
      return;
    }
    if (reply.result() != Result.FOUND || lineOf(reply).isStale()) {
      return;
    }
    int expiry = askedMeta ? Expiry.after(line.ttl(), Expiry.nowSeconds()) : 0;
    Request store = storeOf(reply, Verb.ADD, expiry);
    if (store != null) {
      sendAside(store, route.staging);
    }
  }
}
