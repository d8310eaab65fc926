package io.fairlead.route.copy;

import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Result;
import io.fairlead.protocol.Verb;
import io.fairlead.route.KeptReply;
import io.fairlead.route.Reply;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A get whose value is answered by whichever cache has it. */
final class FillingGet extends PassingDispatch {
  private static final int FRONT = 0;
  private static final int BACK = 1;

  /** The back is asked once more, for what a copy needs and the answer did not say. */
  private static final int FETCH = 2;

  private final FillingRoute route;
  private final KeptReply failureOfFront;

  /** The back was asked for more than the client's request asks. */
  private boolean askedTtl;

  /** The front has a marker, which a copy must replace. */
  private boolean refreshes;

  private boolean fetches;

  FillingGet(RouteContext context, FillingRoute route) {
    super(context);
    this.route = route;
    this.failureOfFront = new KeptReply(context);
  }

  @Override
  protected void start() {
    if (route.usesMarkers()) {
      sendAskingFlags(route.front, FRONT);
    } else {
      send(route.front, FRONT);
    }
  }

  @Override
  protected boolean passesHits(int slot) {
    return slot != FETCH;
  }

  @Override
  protected void ended(Reply reply) {
    switch (reply.slot()) {
      case FRONT -> onFront(reply);
      case BACK -> onBack(reply);
      default -> onFetched(reply);
    }
  }

  private void onFront(Reply reply) {
    if (reply.result() == Result.FOUND) {
      if (!route.usesMarkers() || !isMarker(reply)) {
        passHit(reply);
        return;
      }
      if (!route.isRefreshDue()) {
        answerNothing();
        return;
      }
      refreshes = true;
    } else if (reply.result().isError()) {
      failureOfFront.keep(reply);
    }
    askBack();
  }

  private boolean isMarker(Reply reply) {
    return route.isMarker(lineOf(reply), reply.bytes());
  }

  private boolean copies() {
    return failureOfFront.isEmpty();
  }

  private void askBack() {
    askedTtl = request().isRetrieval() && route.asksTtl() && copies();
    if (askedTtl) {
      sendFetch(route.back, BACK);
    } else {
      send(route.back, BACK);
    }
  }

  private void onBack(Reply reply) {
    if (reply.result() == Result.FOUND) {
      passHit(reply);
    } else if (askedTtl && reply.code() == ReplyCode.ERROR) {
      askedTtl = false; // the server knows no meta commands
      send(route.back, BACK);
    } else if (reply.result() == Result.NOTFOUND) {
      answerNothing();
      if (copies() && !refreshes) {
        route.onMissed(this, request());
      }
    } else if (route.tellsFailureOfBack()) {
      answer(reply);
    } else if (copies()) {
      answerNothing();
    } else {
      answer(failureOfFront.reply());
    }
  }

  @Override
  void onHit(int slot, ByteBuf in) {
    if (slot != BACK || !copies() || line.isStale()) {
      return;
    }
    if (request().isRetrieval()) {
      copy.begin(request(), verb(), line.flags(), route.expiry(line), line.valueLength());
    } else {
      fetches = request().command().verb() == Verb.MG && request().command().meta().has('v');
    }
  }

  @Override
  void onPassed() {
    if (fetches) {
      sendFetch(route.back, FETCH);
    }
    store(copy.take());
  }

  private void onFetched(Reply reply) {
    if (reply.code() != ReplyCode.VA) {
      return; // it has gone in the meantime
    }
    if (!lineOf(reply).isStale()) {
      store(storeOf(reply, verb(), route.expiry(line)));
    }
  }

  private Verb verb() {
    return refreshes ? Verb.SET : Verb.ADD;
  }

  private void store(@Nullable Request store) {
    if (store != null) {
      sendAside(store, route.front);
    }
  }

  @Override
  protected void finished() {
    super.finished();
    failureOfFront.drop();
  }
}
