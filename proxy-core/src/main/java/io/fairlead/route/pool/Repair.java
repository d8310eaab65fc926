package io.fairlead.route.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.protocol.Expiry;
import io.fairlead.protocol.HitLine;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives one value to the replicas that did not have it.
 *
 * <pre>
 *   source: mg KEY c -- ... -- mg KEY v f t c -- the others: ms KEY ... ME -- source: mg KEY c
 *               |                   |                     |                  | another cas, or gone
 *              gone        another cas, gone, stale   none has stored it     +--> the others: delete
 *               +--> over           +--> over             +--> over
 * </pre>
 *
 * The last question is asked at once, and again when the time of a request is over.
 */
final class Repair implements ReplySink {
  /*
   * The first question, and the wait after it, are for what is half-way in another event loop or another
   * proxy: an append, say, that the source has taken and that is on its way to the others. If the value
   * that has it were copied before it comes there, it would be appended twice. A write is over at the
   * source within the time of a request, and at those that follow within another.
   *
   * The value is added, so that it never replaces a newer one. What remains is a delete, or a write that
   * makes a replica drop the key, between the first question and the addition: the old value would live
   * again. A write through this event loop is seen (onWrite) and ends the repair. One through another
   * loop or another proxy is found out by the second question: the cas unique of the source is another
   * one, or the key is gone, and the addition is taken back. So an old value is there for a round trip.
   *
   * That fails if the write reached the replica before the addition and the source after the question.
   * A write that takes so long is over, or has failed, within the time that a request may take: then the
   * question is asked once more.
   */
  private static final int SEE = -1;
  private static final int FETCH = -2;
  private static final int CHECK = -3;

  /** How many requests long a write may be on its way. */
  private static final int REQUESTS_OF_WRITE = 2;

  private static final int LINE_ROOM = 1024;
  private static final byte[] FETCH_FLAGS = " v f t c".getBytes(US_ASCII);
  private static final byte[] CHECK_FLAGS = " c".getBytes(US_ASCII);

  private final ProxyLoop loop;
  private final ServerGroup servers;
  private final int source;
  private final BitSet missedOn;
  private final byte[] key;
  private final int lane;
  private final HitLine line = new HitLine();
  private final BitSet storedOn = new BitSet();
  private byte[] cas = {};
  private int additions;
  private boolean written;
  private boolean copying;

  /** The next one in the same chain of the table. */
  @Nullable Repair nextInChain;

  Repair(
      ProxyLoop loop,
      ServerGroup servers,
      int source,
      BitSet missedOn,
      byte[] key,
      int length,
      int lane) {
    this.loop = loop;
    this.servers = servers;
    this.source = source;
    this.missedOn = (BitSet) missedOn.clone();
    this.key = Arrays.copyOf(key, length);
    this.lane = lane;
  }

  byte[] key() {
    return key;
  }

  boolean isOf(byte[] other, int length) {
    return Arrays.equals(key, 0, key.length, other, 0, length);
  }

  /** A client writes the key. */
  void onWrite() {
    written = true;
  }

  void begin() {
    ask(SEE, CHECK_FLAGS);
  }

  private void seen(ReplyCode code, ByteBuf in, int from) {
    if (code != ReplyCode.HD) {
      over();
      return;
    }
    cas = line.read(in, from).cas(in);
    loop.later(() -> servers.repairs().copyInTurn(this), REQUESTS_OF_WRITE * timeoutNanos());
  }

  private long timeoutNanos() {
    return servers.settings().timeout().toNanos();
  }

  /** It is this one's turn, and its value may be whole everywhere. */
  void copy() {
    copying = true;
    if (written) {
      over();
    } else {
      ask(FETCH, FETCH_FLAGS);
    }
  }

  private void ask(int slot, byte[] flags) {
    ByteBuf request = loop.outputs().take();
    RequestWriter.metaGet(request, key, key.length, flags);
    servers.get(source).sendOwned(request, ReplyShape.MG, this, slot, lane);
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    switch (slot) {
      case SEE -> seen(code, in, from);
      case FETCH -> fetched(code, in, from);
      case CHECK -> checked(code, in, from);
      default -> {
        if (code == ReplyCode.HD) {
          storedOn.set(slot);
          loop.stats().count(Counter.REPAIRS);
          servers.stats().events().count(PoolEvent.REPAIRS);
        }
        added();
      }
    }
  }

  @Override
  public void onMiss(int slot) {
    throw new IllegalStateException("a meta command has no misses");
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    switch (slot) {
      case SEE, FETCH -> over();
      case CHECK -> undo();
      default -> added();
    }
  }

  private void fetched(ReplyCode code, ByteBuf in, int from) {
    if (code != ReplyCode.VA || written) {
      over();
      return;
    }
    line.read(in, from);
    if (line.isStale() || !Arrays.equals(line.cas(in), cas)) {
      over();
      return;
    }
    ByteBuf addition = addition(in);
    additions = 1; // until all have been sent
    for (int i = missedOn.nextSetBit(0); i >= 0; i = missedOn.nextSetBit(i + 1)) {
      additions++;
      servers.get(i).sendOwned(addition.retainedDuplicate(), ReplyShape.MS, this, i, lane);
    }
    addition.release();
    added();
  }

  private ByteBuf addition(ByteBuf in) {
    int length = line.valueLength();
    ByteBuf addition = loop.outputs().allocate(LINE_ROOM + length);
    int expiry = Expiry.after(line.ttl(), Expiry.nowSeconds());
    RequestWriter.metaAdd(addition, key, key.length, length, Math.max(line.flags(), 0), expiry);
    return addition.writeBytes(in, line.end(), length + 2);
  }

  private void added() {
    if (--additions > 0) {
      return;
    }
    if (storedOn.isEmpty()) {
      over();
    } else if (!written) {
      check();
    } else if (servers.settings().connections() > 1) {
      undo(); // on another connection the write may have come first
    } else {
      over();
    }
  }

  private void check() {
    ask(CHECK, CHECK_FLAGS);
  }

  private void checked(ReplyCode code, ByteBuf in, int from) {
    if (code != ReplyCode.HD || !Arrays.equals(line.read(in, from).cas(in), cas)) {
      undo();
    } else if (copying) {
      endCopying();
      loop.later(this::checkAgain, timeoutNanos());
    } else {
      over();
    }
  }

  /** Unless this proxy has written the key since, which has reached the copies as well. */
  private void checkAgain() {
    if (written) {
      over();
    } else {
      check();
    }
  }

  /** To have no value is always right. */
  private void undo() {
    for (int i = storedOn.nextSetBit(0); i >= 0; i = storedOn.nextSetBit(i + 1)) {
      loop.stats().count(Counter.REPAIRS_UNDONE);
      ByteBuf deletion = loop.outputs().take();
      ReplyShape shape = ReplyShape.of(RequestWriter.deletion(deletion, key, key.length));
      servers.get(i).sendOwned(deletion, shape, ReplySink.NOBODY, 0, lane);
    }
    over();
  }

  private void endCopying() {
    if (copying) {
      copying = false;
      servers.repairs().copied();
    }
  }

  private void over() {
    servers.repairs().ended(this);
    endCopying();
  }
}
