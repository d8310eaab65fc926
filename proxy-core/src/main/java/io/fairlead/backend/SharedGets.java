package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Verb;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The gets that are under way on a server connection and whose reply others may share that ask for
 * the same key.
 */
final class SharedGets {
  /*
   * Who joins a get that was sent before must not be told what was true before, but not any more. So
   * nobody joins one while a write to the key is under way on this event loop, nor one that was sent
   * before such a write ended: as nobody has written the key since the get was sent, the get cannot
   * have found another value than one would find now. What other event loops and other proxies
   * write is not known here.
   *
   * Only gets of one connection are shared, as a client's requests must be carried out in their order.
   *
   * Nor does anybody join a get that has waited for a good part of its time: all that share it fail
   * when it does.
   */

  /** A get is joined in the first part of its time, the one that is 2 to this power of it. */
  private static final int YOUNG_SHIFT = 3;

  private static final int CHAINS = 1 << 8;
  private static final int MIX = 0x9E3779B9;

  private final ProxyLoop loop;
  private final WritesUnderWay writes;
  private final long leastNanosLeft;
  private final @Nullable Exchange[] chains = new Exchange[CHAINS];

  SharedGets(ProxyLoop loop, WritesUnderWay writes, long timeoutNanos) {
    this.loop = loop;
    this.writes = writes;
    this.leastNanosLeft = timeoutNanos - (timeoutNanos >> YOUNG_SHIFT);
  }

  /** Whether a get may join another, or be joined. */
  private static boolean isSharable(Exchange exchange) {
    return exchange.verb() == Verb.GET && !exchange.alone && !exchange.retried;
  }

  /** The get under way that {@code next} may join; null when there is none. */
  @Nullable Exchange find(Exchange next) {
    if (!isSharable(next)) {
      return null;
    }
    Exchange present = chains[chain(next)];
    while (present != null && !(present.hasKeyOf(next) && mayBeJoined(present))) {
      present = present.nextShared;
    }
    return present;
  }

  private static int chain(Exchange exchange) {
    return ((exchange.keyHash * MIX) >>> 16) & (CHAINS - 1);
  }

  private boolean mayBeJoined(Exchange present) {
    return !present.answered
        && present.deadline - loop.now() >= leastNanosLeft
        && writes.noneSince(present.place, present.sharedSince);
  }

  /** A get has been queued, and may be joined from now on. */
  void add(Exchange exchange) {
    if (!isSharable(exchange)) {
      return;
    }
    int place = WritesUnderWay.place(exchange.key(), exchange.keyLength());
    long now = writes.now();
    if (!writes.noneSince(place, now)) {
      return; // when that write has ended it is too late to be joined
    }
    exchange.place = place;
    exchange.sharedSince = now;
    exchange.isShared = true;
    int chain = chain(exchange);
    exchange.nextShared = chains[chain];
    chains[chain] = exchange;
  }

  /** A get cannot be joined any more, if it could be. */
  @SuppressWarnings("ReferenceEquality") // the same get is meant
  void remove(Exchange exchange) {
    if (!exchange.isShared) {
      return;
    }
    exchange.isShared = false;
    int chain = chain(exchange);
    Exchange before = null;
    Exchange each = chains[chain];
    while (each != null && each != exchange) {
      before = each;
      each = each.nextShared;
    }
    assert each != null;
    if (before == null) {
      chains[chain] = exchange.nextShared;
    } else {
      before.nextShared = exchange.nextShared;
    }
    exchange.nextShared = null;
  }

  /** None can be joined any more. */
  void clear() {
    for (Exchange first : chains) {
      Exchange each = first;
      while (each != null) {
        Exchange next = each.nextShared;
        each.isShared = false;
        each.nextShared = null;
        each = next;
      }
    }
    Arrays.fill(chains, null);
  }
}
