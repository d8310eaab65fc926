package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;

/** What an event loop counts of a server: its connections, and what became of requests. */
final class ServerAccounts {
  private final ProxyLoop loop;
  private final ServerStats stats;

  ServerAccounts(ProxyLoop loop, ServerStats stats) {
    this.loop = loop;
    this.stats = stats;
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
