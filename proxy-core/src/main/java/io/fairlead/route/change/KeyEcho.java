package io.fairlead.route.change;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Base64Key;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.EchoedKey;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Puts the key of whoever asked into the reply to a request that went on under another key. */
final class KeyEcho implements ReplySink {
  /*
   * Only the line at the beginning of a reply changes. A small value is copied behind it; of a large
   * one the line goes ahead as a piece by itself, where pieces are taken, and the value passes as it
   * is.
   */

  /** Values from this size on are not copied if that can be avoided. */
  private static final int LARGE_BYTES = 4 << 10;

  private static final int VALUE_AND_SPACE = 6;

  private static final byte[] NONE = {};

  private final Rekeying home;

  /** The keys of a command; a retrieval has its own one in its exchange. */
  private byte[] own = NONE;

  private byte[] other = NONE;
  private int ownLength;
  private int otherLength;

  /** The retrieval that was asked for; else the sink is told. */
  private @Nullable Exchange exchange;

  private @Nullable ReplySink sink;
  private int slot;

  /** The line has been passed on, and the rest of a value follows. */
  private boolean begun;

  /** Why a delete, which is in the spool now, could not be delivered; null when it could. */
  private @Nullable Failure spooledBy;

  @Nullable KeyEcho nextFree;

  KeyEcho(Rekeying home) {
    this.home = home;
  }

  /** Serves a retrieval, which is taken, that went on under a key of that length. */
  KeyEcho of(Exchange asked, int length) {
    exchange = asked;
    otherLength = length;
    begun = false;
    return this;
  }

  /** Serves a command that went on as {@code changed}. */
  KeyEcho of(Command command, ByteBuf in, Command changed, ReplySink toTell, int itsSlot) {
    sink = toTell;
    slot = itsSlot;
    if (own.length == 0) {
      own = new byte[Ascii.MAX_KEY_BYTES];
      other = new byte[Ascii.MAX_KEY_BYTES];
    }
    ownLength = command.copyKey(in, own);
    otherLength = changed.copyKey(in, other);
    begun = false;
    return this;
  }

  @Override
  public boolean relays(int ignored) {
    Exchange asked = exchange;
    return asked == null ? sink().relays(slot) : asked.relays();
  }

  @Override
  public boolean mayBeAskedAgain(int ignored) {
    Exchange asked = exchange;
    return asked != null && asked.mayBeAskedAgain();
  }

  @Override
  public void onReply(
      int ignored, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (begun || code.isError()) {
      tell(code, in, from, length, complete);
    } else {
      begun = true;
      begin(code, in, from, length, complete);
    }
    if (complete) {
      over();
    }
  }

  @Override
  public void onSpooled(
      int ignored, Failure failure, ReplyCode code, ByteBuf in, int from, int length) {
    spooledBy = failure;
    onReply(0, code, in, from, length, true);
  }

  private void begin(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    Exchange asked = exchange;
    if (asked != null) {
      int keyFrom = from + VALUE_AND_SPACE;
      int keyTo = keyFrom + otherLength;
      splice(code, in, from, length, complete, keyFrom, keyTo, asked.key(), asked.keyLength());
    } else {
      beginMeta(code, in, from, length, complete);
    }
  }

  private void beginMeta(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    EchoedKey place = home.buffers().place;
    int lineFeed = in.indexOf(from, from + length, (byte) '\n');
    if (!place.find(code, in, from, lineFeed - 1)) {
      tell(code, in, from, length, complete);
      return;
    }
    // A server codes the key if it was stored like that, whoever asks.
    boolean plain = place.is(other, otherLength, in) && Ascii.isKey(own, 0, ownLength);
    byte[] key = plain ? own : home.buffers().text;
    int keyLength = plain ? ownLength : Base64Key.encode(own, ownLength, key);
    splice(code, in, from, length, complete, place.from(), place.to(), key, keyLength);
  }

  /** Passes a reply on with {@code key} in place of what is between two places. */
  private void splice(
      ReplyCode code,
      ByteBuf in,
      int from,
      int length,
      boolean complete,
      int keyFrom,
      int keyTo,
      byte[] key,
      int keyLength) {
    int end = from + length;
    boolean apart = !complete || (length >= LARGE_BYTES && relays(0));
    int copied = apart ? in.indexOf(keyTo, end, (byte) '\n') + 1 : end;
    ByteBuf out = home.context().buffer(copied - from);
    out.writeBytes(in, from, keyFrom - from);
    out.writeBytes(key, 0, keyLength);
    out.writeBytes(in, keyTo, copied - keyTo);
    tell(code, out, 0, out.readableBytes(), complete && copied == end);
    home.context().loop().outputs().giveBack(out);
    if (copied < end) {
      tell(code, in, copied, end - copied, complete);
    }
  }

  private void tell(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    Exchange asked = exchange;
    Failure failure = spooledBy;
    if (failure != null) {
      sink().onSpooled(slot, failure, code, in, from, length);
    } else if (asked == null) {
      sink().onReply(slot, code, in, from, length, complete);
    } else {
      asked.reply(code, in, from, length, complete);
    }
  }

  @Override
  public void onMiss(int ignored) {
    Exchange asked = exchange;
    if (asked == null) {
      sink().onMiss(slot);
    } else {
      asked.miss();
    }
    over();
  }

  @Override
  public void onFailure(int ignored, Failure failure) {
    Exchange asked = exchange;
    if (asked == null) {
      sink().onFailure(slot, failure);
    } else {
      asked.failed(failure);
    }
    over();
  }

  private ReplySink sink() {
    ReplySink told = sink;
    if (told == null) {
      throw new IllegalStateException("the request is over");
    }
    return told;
  }

  private void over() {
    Exchange asked = exchange;
    exchange = null;
    sink = null;
    spooledBy = null;
    if (asked != null) {
      home.context().exchanges().give(asked);
    }
    home.give(this);
  }
}
