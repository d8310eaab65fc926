package io.fairlead.frontend;

import io.fairlead.loop.Fifo;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.protocol.ErrorReply;

/** The requests of one client in the order in which they must be answered. */
final class ReplyQueue {
  private final ClientConnection client;
  private final Clients clients;
  private final Fifo<ClientRequest> queue = new Fifo<>();
  private long lastWrite = -1;

  ReplyQueue(ClientConnection client, Clients clients) {
    this.client = client;
    this.clients = clients;
  }

  /** Adds a request, still to be begun, behind all others. */
  ClientRequest add() {
    ClientRequest request = clients.take(client);
    request.sequence(queue.tail());
    queue.add(request);
    return request;
  }

  /** A request is answered by the proxy itself. */
  void answer(byte[] reply) {
    add().beginLocal(reply, ResultCounter.OK);
  }

  /** The same with an error. */
  void refuse(ErrorReply error) {
    boolean isOurs = error.isServerError();
    client.stats().count(isOurs ? Counter.SERVER_ERRORS : Counter.CLIENT_ERRORS);
    add().beginLocal(error.line(), isOurs ? ResultCounter.LOCAL_ERROR : ResultCounter.CLIENT_ERROR);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  @SuppressWarnings("ReferenceEquality") // the same request is meant
  boolean isFirst(ClientRequest request) {
    return queue.peek() == request;
  }

  /** The last request of the client writes: reads before it must not be asked for again. */
  void lastWrites() {
    lastWrite = queue.tail() - 1;
  }

  /** Whether a request is followed by one that writes. */
  boolean isOvertakenByWrite(ClientRequest request) {
    return lastWrite > request.sequence();
  }

  /** Whether a value is being dropped that has not come to its end. */
  boolean isDropping() {
    for (long at = queue.head(); at < queue.tail(); at++) {
      if (queue.get(at).isDropping()) {
        return true;
      }
    }
    return false;
  }

  /** Asks again for the first key whose value was dropped; false when there is none. */
  boolean askDeferred() {
    for (long at = queue.head(); at < queue.tail(); at++) {
      if (queue.get(at).askDeferred()) {
        return true;
      }
    }
    return false;
  }

  /** The client is gone: what would have been asked for again never will be. */
  void giveUpDeferred() {
    for (long at = queue.head(); at < queue.tail(); at = Math.max(at + 1, queue.head())) {
      queue.get(at).giveUpDeferred();
    }
  }

  /**
   * A request has its whole reply: it is written when it is its turn, and so may be the next ones.
   */
  void onReady(ClientRequest request) {
    if (!isFirst(request)) {
      return;
    }
    boolean ends = false;
    for (ClientRequest first = request; first != null && first.isReady(); first = queue.peek()) {
      finish(first);
      ends |= first.endsConnection();
      queue.remove();
      first.release();
      clients.give(first);
    }
    ClientRequest next = queue.peek();
    if (next != null) {
      begin(next);
    }
    client.onAnswered(ends);
  }

  /*
   * A reply that cannot be written, for lack of memory as a rule, ends the connection. The queue goes on
   * all the same: whatever was taken for the requests behind must be given back when they end.
   */
  private void begin(ClientRequest first) {
    try {
      first.onFirst();
    } catch (Throwable e) {
      client.onFault(e);
    }
  }

  private void finish(ClientRequest first) {
    try {
      first.onFirst();
      first.finish();
    } catch (Throwable e) {
      client.onFault(e);
    }
  }
}
