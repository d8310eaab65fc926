package io.fairlead.route.copy;

import io.fairlead.protocol.Operation;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Result;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Reply;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;

/**
 * A read that only the cache in front may answer, because it changes the item or tells its cas
 * unique: on a miss the item is copied there first, then it is asked again.
 */
final class FillingAgain extends PassingDispatch {
  private static final int FRONT = 0;
  private static final int FETCH = 1;
  private static final int STORED = 2;
  private static final int AGAIN = 3;

  private final FillingRoute route;
  private boolean askedMeta;
  private boolean refreshes;

  FillingAgain(RouteContext context, FillingRoute route) {
    super(context);
    this.route = route;
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
    return slot == FRONT || slot == AGAIN;
  }

  @Override
  protected void ended(Reply reply) {
    switch (reply.slot()) {
      case FRONT -> onFront(reply);
      case FETCH -> onFetched(reply);
      case STORED -> send(route.front, AGAIN);
      default -> answer(reply);
    }
  }

  private void onFront(Reply reply) {
    if (reply.result() == Result.NOTFOUND) {
      fetch();
    } else if (reply.result() != Result.FOUND) {
      answer(reply);
    } else if (!isMarker(reply)) {
      passHit(reply);
    } else if (route.isRefreshDue()) {
      refreshes = true;
      fetch();
    } else {
      answerNothing();
      repairMarker();
    }
  }

  private boolean isMarker(Reply reply) {
    return route.usesMarkers() && route.isMarker(lineOf(reply), reply.bytes());
  }

  private void repairMarker() {
    if (isOperation(Operation.GAT, Operation.GATS)) {
      route.onMarkerTouched(this, request());
    }
  }

  private void fetch() {
    askedMeta = route.asksTtl() || KeyText.isBase64(request());
    if (askedMeta) {
      sendFetch(route.back, FETCH);
    } else {
      sendGet(route.back, FETCH);
    }
  }

  private void onFetched(Reply reply) {
    if (reply.result() == Result.FOUND) {
      store(reply);
    } else if (askedMeta && reply.code() == ReplyCode.ERROR && !KeyText.isBase64(request())) {
      askedMeta = false; // the server knows no meta commands
      sendGet(route.back, FETCH);
    } else if (reply.result() == Result.NOTFOUND) {
      onMissed();
    } else if (route.tellsFailureOfBack()) {
      answer(reply);
    } else {
      answerNothing();
    }
  }

  private void onMissed() {
    answerNothing();
    if (refreshes) {
      repairMarker();
    } else {
      route.onMissed(this, request());
    }
  }

  private void store(Reply reply) {
    Verb verb = refreshes ? Verb.SET : Verb.ADD;
    boolean stale = lineOf(reply).isStale();
    Request store = stale ? null : storeOf(reply, verb, route.expiry(line));
    if (store == null) {
      answerNothing();
      return;
    }
    send(store, route.front, STORED);
    store.release();
  }
}
