package io.fairlead.route.copy;

import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Reply;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;

/**
 * A read that may be led by a signpost to where large values live. The cas unique is that of the
 * signpost, as a cas will go to it.
 */
final class SizeSplitRead extends PassingDispatch {
  private static final int SMALL = 0;
  private static final int LARGE = 1;

  private final SizeSplitRoute route;
  private int retries;

  SizeSplitRead(RouteContext context, SizeSplitRoute route) {
    super(context);
    this.route = route;
    this.retries = route.settings.retries();
  }

  @Override
  protected void start() {
    sendAskingFlags(route.small, SMALL);
  }

  @Override
  protected boolean passesHits(int slot) {
    return true;
  }

  @Override
  protected void ended(Reply reply) {
    if (reply.result() == Result.FOUND) {
      onFound(reply);
    } else if (reply.slot() == SMALL || reply.result() != Result.NOTFOUND) {
      answer(reply);
    } else if (isOperation(Operation.GETS, Operation.GATS) && retries > 0) {
      retries--; // it may be on its way to both
      dropCas();
      sendAskingFlags(route.small, SMALL);
    } else {
      answerNothing();
    }
  }

  private void onFound(Reply reply) {
    if (reply.slot() == LARGE || !isSignpost(reply)) {
      passHit(reply);
      return;
    }
    if (isOperation(Operation.GETS, Operation.GATS)) {
      keepCas(line, reply.bytes());
    }
    askLarge();
  }

  private boolean isSignpost(Reply reply) {
    return lineOf(reply).hasFlag(SizeSplitRoute.SIGNPOST_FLAG) && line.isEmpty();
  }

  /** A server there has another cas unique, which is not asked for. */
  private void askLarge() {
    Request asked = request();
    if (!asked.isRetrieval()) {
      send(route.large, LARGE);
      return;
    }
    Verb verb = asked.exchange().verb().touches() ? Verb.GAT : Verb.GET;
    int expiry = asked.exchange().expiry();
    Request own = KeyRequests.retrieval(context, verb, expiry, asked.key(), asked.keyLength());
    send(own, route.large, LARGE);
    own.release();
  }
}
