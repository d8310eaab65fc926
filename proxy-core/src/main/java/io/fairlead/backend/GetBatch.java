package io.fairlead.backend;

import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The multi-get that is being assembled at the end of a server connection's output: gets of
 * different clients that leave in one turn travel together.
 */
final class GetBatch {
  /*
   * Only plain gets of different clients are put together. gets returns a cas unique and gat changes
   * the item, so their keys share a line only with keys of the same request.
   *
   * Equal keys are asked once: a small table finds them. It is emptied by a new stamp instead of being
   * cleared, because a batch may hold one key as well as a hundred.
   */

  /**
   * Keys in a multi-get: enough to pay, few enough that a server's other clients get their turn.
   */
  private static final int MOST_KEYS = 128;

  /** Bytes of a multi-get, well below what makes memcached enlarge its read buffer. */
  private static final int MOST_BYTES = 8 << 10;

  /**
   * Bytes of a line that touches, before its last key: memcached closes on a line of more than 2048
   * bytes that has not come whole, unless it begins with get or gets.
   */
  private static final int MOST_TOUCHING_BYTES = 1700;

  private static final int SLOTS = 512;

  private final @Nullable Exchange[] table = new Exchange[SLOTS];
  private final int[] stamps = new int[SLOTS];
  private int stamp = 1;
  private boolean open;
  private Verb verb = Verb.GET;
  private int expiry;
  private @Nullable ReplySink owner;
  private @Nullable Exchange last;
  private int keys;
  private int bytes;
  private boolean mixed;

  boolean isOpen() {
    return open;
  }

  /** How its keys are asked for. */
  Verb verb() {
    return verb;
  }

  int keys() {
    return keys;
  }

  /** Whether keys of different requests are in it. */
  boolean isMixed() {
    return mixed;
  }

  /** Begins a line at the end of {@code out}, which is borrowed, for a first key and others. */
  void begin(ByteBuf out, Exchange first) {
    RequestWriter.beginGet(out, first.verb(), first.expiry());
    open = true;
    verb = first.verb();
    expiry = first.expiry();
    owner = first.sink;
    keys = 0;
    bytes = 0;
    mixed = false;
    if (++stamp == 0) {
      Arrays.fill(stamps, 0);
      stamp = 1;
    }
  }

  /** Whether {@code next} may go into the same line. */
  boolean accepts(Exchange next) {
    int mostBytes = verb.touches() ? MOST_TOUCHING_BYTES : MOST_BYTES;
    if (next.alone || keys >= MOST_KEYS || bytes >= mostBytes || verb != next.verb()) {
      return false;
    }
    return isOwnersOwn(next) ? expiry == next.expiry() : verb == Verb.GET;
  }

  /**
   * The exchange for the same key that is in the batch already; null when there is none. One that
   * has timed out, while its connection was being opened, waits for no reply any more.
   */
  @Nullable Exchange find(Exchange next) {
    int at = next.keyHash & SLOTS - 1;
    while (stamps[at] == stamp) {
      Exchange present = table[at];
      if (present != null && !present.answered && present.hasKeyOf(next)) {
        return present;
      }
      at = at + 1 & SLOTS - 1;
    }
    return null;
  }

  /** Adds a key to the line at the end of {@code out}, which is borrowed. */
  void add(ByteBuf out, Exchange exchange) {
    RequestWriter.key(out, exchange.key(), exchange.keyLength());
    int at = exchange.keyHash & SLOTS - 1;
    while (stamps[at] == stamp) {
      at = at + 1 & SLOTS - 1;
    }
    stamps[at] = stamp;
    table[at] = exchange;
    last = exchange;
    mixed |= !isOwnersOwn(exchange);
    keys++;
    bytes += exchange.keyLength() + 1;
  }

  @SuppressWarnings("ReferenceEquality") // the same request is meant
  private boolean isOwnersOwn(Exchange exchange) {
    return exchange.sink == owner;
  }

  /**
   * Ends the line at the end of {@code out}, which is borrowed: END will follow the last key's
   * outcome.
   */
  void end(ByteBuf out) {
    assert last != null;
    last.last = true;
    last = null;
    owner = null;
    open = false;
    RequestWriter.endLine(out);
  }
}
