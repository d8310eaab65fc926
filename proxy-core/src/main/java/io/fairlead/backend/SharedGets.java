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
  private final @Nullable Entry[] chains = new Entry[CHAINS];
  private @Nullable Entry free;

  /** A get that may be joined, and since which moment of the writes. */
  private static final class Entry {
    @Nullable Exchange get;
    int place;
    long since;
    @Nullable Entry next;
  }

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
    Entry entry = chains[chain(next)];
    while (entry != null) {
      Exchange present = entry.get;
      if (present != null && present.hasKeyOf(next) && mayBeJoined(present, entry)) {
        return present;
      }
      entry = entry.next;
    }
    return null;
  }

  private static int chain(Exchange exchange) {
    return ((exchange.keyHash * MIX) >>> 16) & (CHAINS - 1);
  }

  private boolean mayBeJoined(Exchange present, Entry entry) {
    return !present.answered
        && present.deadline - loop.now() >= leastNanosLeft
        && writes.noneSince(entry.place, entry.since);
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
    Entry entry = take();
    entry.get = exchange;
    entry.place = place;
    entry.since = now;
    exchange.isShared = true;
    int chain = chain(exchange);
    entry.next = chains[chain];
    chains[chain] = entry;
  }

  private Entry take() {
    Entry entry = free;
    if (entry == null) {
      return new Entry();
    }
    free = entry.next;
    return entry;
  }

  /** A get cannot be joined any more, if it could be. */
  @SuppressWarnings("ReferenceEquality") // the same get is meant
  void remove(Exchange exchange) {
    if (!exchange.isShared) {
      return;
    }
    exchange.isShared = false;
    int chain = chain(exchange);
    Entry before = null;
    Entry each = chains[chain];
    while (each != null && each.get != exchange) {
      before = each;
      each = each.next;
    }
    assert each != null;
    if (before == null) {
      chains[chain] = each.next;
    } else {
      before.next = each.next;
    }
    give(each);
  }

  private void give(Entry entry) {
    entry.get = null;
    entry.next = free;
    free = entry;
  }

  /** None can be joined any more; this is not used again. */
  void clear() {
    for (Entry first : chains) {
      for (Entry each = first; each != null; each = each.next) {
        if (each.get != null) {
          each.get.isShared = false;
        }
      }
    }
    Arrays.fill(chains, null);
  }
}
