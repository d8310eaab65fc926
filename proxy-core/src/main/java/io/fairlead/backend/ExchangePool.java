package io.fairlead.backend;

import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The exchanges of an event loop: those that are free, and how many may be asked again. */
public final class ExchangePool {
  /*
   * The free ones are in an array and not in a list of their own, because the next one can be found
   * then without looking at the last, which may be in none of the processor's caches.
   */
  private static final int KEPT = 1 << 14;

  private final RetryBudget retries = new RetryBudget();
  private @Nullable Exchange[] free = new Exchange[1 << 6];
  private int count;

  /** Null as long as no get is shared while it is under way. */
  private @Nullable WritesUnderWay writes;

  /** Gives an exchange whose outcome {@code sink} will be told for {@code slot}. */
  public Exchange take(ReplySink sink, int slot) {
    Exchange exchange = takeFree();
    exchange.sink = sink;
    exchange.slot = slot;
    return exchange;
  }

  private Exchange takeFree() {
    Exchange taken = count == 0 ? null : free[--count];
    return taken == null ? new Exchange() : taken;
  }

  /** How many may be asked again. */
  RetryBudget retries() {
    return retries;
  }

  /** The writes of this event loop, which are known from the first call on. */
  WritesUnderWay followWrites() {
    WritesUnderWay present = writes;
    if (present == null) {
      present = new WritesUnderWay();
      writes = present;
    }
    return present;
  }

  /** The writes of this event loop; null when nobody asks for them. */
  @Nullable WritesUnderWay writes() {
    return writes;
  }

  /** A retrieval is about to be queued, which writes if it touches. */
  void began(Exchange exchange) {
    WritesUnderWay present = writes;
    if (present != null && exchange.verb().touches()) {
      writes(present, exchange, WritesUnderWay.place(exchange.key(), exchange.keyLength()));
    }
  }

  /** Any other command, parsed from {@code in}, which is borrowed, is about to be queued. */
  void began(Exchange exchange, Command command, ByteBuf in) {
    WritesUnderWay present = writes;
    if (present != null) {
      writes(present, exchange, WritesUnderWay.place(command, in));
    }
  }

  /** A request that is borrowed, written already, is about to be queued. */
  void began(Exchange exchange, ByteBuf request) {
    WritesUnderWay present = writes;
    if (present != null) {
      writes(present, exchange, WritesUnderWay.place(request));
    }
  }

  private static void writes(WritesUnderWay present, Exchange exchange, int place) {
    if (place != WritesUnderWay.NOWHERE) {
      exchange.writtenPlace = (short) place;
      present.began(place);
    }
  }

  /** The write of an exchange is over, if it was one. */
  void endedWrite(Exchange exchange) {
    WritesUnderWay present = writes;
    if (present != null && exchange.writtenPlace != WritesUnderWay.NOWHERE) {
      present.ended(exchange.writtenPlace);
      exchange.writtenPlace = WritesUnderWay.NOWHERE;
    }
  }

  /** Takes back an exchange that is over, with its twins. */
  public void give(Exchange exchange) {
    Exchange each = exchange;
    while (each != null) {
      Exchange next = each.twin;
      endedWrite(each);
      if (each.isSecondAttempt()) {
        retries.ended();
      }
      each.clear();
      keep(each);
      each = next;
    }
  }

  private void keep(Exchange exchange) {
    if (count == free.length && count < KEPT) {
      free = Arrays.copyOf(free, count * 2);
    }
    if (count < free.length) {
      free[count++] = exchange;
    }
  }

  /** Ends an exchange that never got to a server. */
  public void fail(Exchange exchange, Failure failure) {
    exchange.failed(failure);
    give(exchange);
  }
}
