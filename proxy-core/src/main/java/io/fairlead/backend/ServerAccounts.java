package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.CommandCounter;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.PoolEvents;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;

/** What an event loop counts of a server: its connections, and what became of requests. */
final class ServerAccounts {
  private final ProxyLoop loop;
  private final ServerStats stats;
  private final PoolEvents pool;

  ServerAccounts(ProxyLoop loop, ServerStats stats, PoolEvents pool) {
    this.loop = loop;
    this.stats = stats;
    this.pool = pool;
  }

  ServerStats stats() {
    return stats;
  }

  /** Counts what became of a request. */
  void count(ResultCounter result) {
    stats.results().count(result);
    if (result.isError()) {
      loop.stats().failed().count(result);
    }
  }

  /** Counts a request that has failed, and returns why. */
  Failure failed(Failure why) {
    count(Accounts.of(why));
    return why;
  }

  /** A request was answered that was sent at a time of this loop's clock. */
  void answered(long sentAt) {
    stats.times().record(loop.now() - sentAt);
  }

  /** A request was not answered in time. */
  void timedOut(long timeoutNanos) {
    count(ResultCounter.TIMEOUT);
    stats.times().record(timeoutNanos);
    loop.stats().count(Counter.TIMEOUTS);
  }

  void retried() {
    loop.stats().count(Counter.RETRIES);
    pool.count(PoolEvent.RETRIES);
  }

  /** A multi-get is complete, perhaps with keys of different clients. */
  void asked(GetBatch batch) {
    loop.stats().count(Counter.SERVER_REQUESTS);
    loop.stats().sent().add(Accounts.of(batch.verb()), batch.keys());
    if (batch.isMixed()) {
      loop.stats().add(Counter.COALESCED_KEYS, batch.keys());
      pool.add(PoolEvent.COALESCED, batch.keys());
    }
  }

  /** Any other request is complete. */
  void asked(CommandCounter command) {
    loop.stats().countSent(command);
    loop.stats().count(Counter.SERVER_REQUESTS);
  }

  /** Requests have been sent; counted for each send, not for each request. */
  void sent(int requests, long bytes) {
    stats.add(ServerCounter.REQUESTS, requests);
    stats.add(ServerCounter.REQUEST_BYTES, bytes);
  }

  /** A key is in the multi-get already, for another request. */
  void shared() {
    loop.stats().count(Counter.SHARED_KEYS);
    pool.count(PoolEvent.SHARED);
  }

  /** A connection is about to be closed on which nothing was asked for a while: no failure. */
  void idle() {
    loop.stats().count(Counter.CONNECTIONS_IDLE);
  }

  void connected() {
    loop.stats().count(Counter.CONNECTS);
    stats.add(ServerCounter.SERVER_CONNECTIONS, 1);
  }

  void notConnected(Failure why) {
    stats.count(
        why == Failure.CONNECT_TIMED_OUT
            ? ServerCounter.SERVER_TIMEDOUT
            : ServerCounter.SERVER_ERR);
  }

  /** Counts the end of a connection that was open. */
  void disconnected(boolean byItself, Failure why) {
    stats.add(ServerCounter.SERVER_CONNECTIONS, -1);
    if (byItself && why == Failure.LOST) {
      stats.count(ServerCounter.SERVER_EOF);
    } else if (why.isOfConnection() || why == Failure.INVALID_REPLY) {
      stats.count(ServerCounter.SERVER_ERR);
    }
  }

  /**
   * Counts what one read has brought.
   *
   * @param nanos since the oldest request was sent
   */
  void read(ReplyReader reader, int bytes, long nanos) {
    int replies = reader.takeReplies();
    if (replies > 0) {
      stats.latency().record(nanos);
    }
    stats.add(ServerCounter.RESPONSES, replies);
    stats.add(ServerCounter.RESPONSE_BYTES, bytes);
    stats.results().add(ResultCounter.FOUND, reader.takeFound());
    stats.results().add(ResultCounter.NOTFOUND, reader.takeMissed());
  }
}
