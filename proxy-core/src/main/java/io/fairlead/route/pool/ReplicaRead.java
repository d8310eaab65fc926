package io.fairlead.route.pool;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads one key from the first replica that has it: the next replica is asked after a miss or a
 * failure, and one that has the key wins.
 */
final class ReplicaRead implements ReplySink {
  private final ServerGroup servers;
  private final ExchangePool exchanges;
  private final Free free;

  private @Nullable Exchange asked;
  private int server;
  private int lane;
  private boolean missed;
  private boolean relayed;
  private @Nullable ReplicaRead nextFree;

  private ReplicaRead(ServerGroup servers, ExchangePool exchanges, Free free) {
    this.servers = servers;
    this.exchanges = exchanges;
    this.free = free;
  }

  /** The reads of an event loop that are not in use. */
  static final class Free {
    private final ServerGroup servers;
    private final ExchangePool exchanges;
    private @Nullable ReplicaRead first;

    Free(ServerGroup servers, ExchangePool exchanges) {
      this.servers = servers;
      this.exchanges = exchanges;
    }

    ReplicaRead take() {
      ReplicaRead read = first;
      if (read == null) {
        return new ReplicaRead(servers, exchanges, this);
      }
      first = read.nextFree;
      read.nextFree = null;
      return read;
    }

    private void give(ReplicaRead read) {
      read.nextFree = first;
      first = read;
    }
  }

  /**
   * Starts reading at {@code firstServer}; takes {@code exchange} and tells its sink the outcome.
   */
  void start(Exchange exchange, int firstServer, int lane) {
    this.asked = exchange;
    this.server = firstServer;
    this.lane = lane;
    this.missed = false;
    this.relayed = false;
    ask();
  }

  private Exchange asked() {
    Exchange exchange = asked;
    assert exchange != null;
    return exchange;
  }

  private void ask() {
    Exchange exchange = asked();
    Exchange attempt = exchanges.take(this, 0);
    attempt.retrievesLike(exchange);
    servers.get(server).get(attempt, lane);
  }

  @Override
  public boolean relays(int slot) {
    return asked().relays();
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (code.isError()) {
      next(Failure.INVALID_REPLY);
      return;
    }
    relayed = true;
    if (!complete) {
      asked().reply(code, in, from, length, false);
      return;
    }
    Exchange exchange = over();
    exchange.reply(code, in, from, length, true);
    exchanges.give(exchange);
  }

  @Override
  public void onMiss(int slot) {
    missed = true;
    next(Failure.LOST);
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    if (relayed) {
      exchanges.fail(over(), failure);
      return;
    }
    next(failure);
  }

  private void next(Failure failure) {
    int following = servers.firstUp(server + 1);
    if (following >= 0) {
      server = following;
      ask();
      return;
    }
    Exchange exchange = over();
    if (missed) {
      exchange.miss();
      exchanges.give(exchange);
    } else {
      exchanges.fail(exchange, failure);
    }
  }

  /** Ends this read; whatever is told next may already use it again. */
  private Exchange over() {
    Exchange exchange = asked();
    asked = null;
    free.give(this);
    return exchange;
  }
}
