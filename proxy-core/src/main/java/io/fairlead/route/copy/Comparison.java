package io.fairlead.route.copy;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request that the target gets and a shadow as well: the target's reply is passed on as it
 * comes, the shadow's ends here, and when both are over they are compared.
 *
 * <p>Reused: it gives itself back after that. Whichever comes first, no more of it is kept than a
 * {@link ReplyDigest}.
 */
final class Comparison implements ReplySink {
  /** The slot of the target's reply; that of an upload is always this one. */
  static final int TARGET = 0;

  /** The slot of the shadow's reply. */
  static final int SHADOW = 1;

  private final ShadowReplies replies;
  private final ExchangePool exchanges;
  private final ReplyDigest ofTarget = new ReplyDigest();
  private final ReplyDigest ofShadow = new ReplyDigest();

  /** Whom to tell of a retrieval; null for any other request. */
  private @Nullable Exchange retrieval;

  /** Whom to tell of any other request, and for which slot. */
  private ReplySink sink = ReplySink.NOBODY;

  private int sinkSlot;

  /** Replies that are still to come. */
  private int pending;

  private boolean hasShadow;
  @Nullable Comparison nextFree;

  Comparison(ShadowReplies replies, ExchangePool exchanges) {
    this.replies = replies;
    this.exchanges = exchanges;
  }

  /** Begins with a retrieval; takes the exchange. */
  Comparison of(Exchange taken) {
    retrieval = taken;
    return begin();
  }

  /** Begins with any other request. */
  Comparison of(ReplySink toTell, int slot) {
    sink = toTell;
    sinkSlot = slot;
    return begin();
  }

  private Comparison begin() {
    pending = 2;
    hasShadow = true;
    return this;
  }

  /** The shadow is not asked after all. */
  void withoutShadow() {
    hasShadow = false;
    over();
  }

  @Override
  public boolean relays(int slot) {
    if (slot == SHADOW) {
      return true; // a large value need not be kept to be hashed
    }
    Exchange asked = retrieval;
    return asked == null ? sink.relays(sinkSlot) : asked.relays();
  }

  @Override
  public boolean mayBeAskedAgain(int slot) {
    Exchange asked = retrieval;
    return slot == TARGET && asked != null && asked.mayBeAskedAgain();
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (slot == SHADOW) {
      ofShadow.add(code, in, from, length);
    } else {
      ofTarget.add(code, in, from, length);
      pass(code, in, from, length, complete);
    }
    if (complete) {
      ended(slot);
    }
  }

  private void pass(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    Exchange asked = retrieval;
    if (asked == null) {
      sink.onReply(sinkSlot, code, in, from, length, complete);
    } else {
      asked.reply(code, in, from, length, complete);
    }
  }

  /** What the client is told counts, and that is that there was nothing to delete. */
  @Override
  public void onSpooled(
      int slot, Failure failure, ReplyCode code, ByteBuf in, int from, int length) {
    if (slot == SHADOW) {
      ofShadow.add(code, in, from, length);
    } else {
      ofTarget.add(code, in, from, length);
      sink.onSpooled(sinkSlot, failure, code, in, from, length);
    }
    ended(slot);
  }

  @Override
  public void onMiss(int slot) {
    if (slot == SHADOW) {
      ofShadow.miss();
    } else {
      ofTarget.miss();
      Exchange asked = retrieval;
      if (asked == null) {
        sink.onMiss(sinkSlot);
      } else {
        asked.miss();
      }
    }
    ended(slot);
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    if (slot == SHADOW) {
      ofShadow.fail();
    } else {
      ofTarget.fail();
      Exchange asked = retrieval;
      if (asked == null) {
        sink.onFailure(sinkSlot, failure);
      } else {
        asked.failed(failure);
      }
    }
    ended(slot);
  }

  private void ended(int slot) {
    if (slot == SHADOW) {
      replies.end();
    } else {
      giveBackRetrieval();
    }
    over();
  }

  private void giveBackRetrieval() {
    Exchange asked = retrieval;
    if (asked != null) {
      retrieval = null;
      exchanges.give(asked);
    }
  }

  private void over() {
    if (--pending > 0) {
      return;
    }
    if (hasShadow) {
      replies.compared(ofTarget.isSameAs(ofShadow));
    }
    ofTarget.clear();
    ofShadow.clear();
    sink = ReplySink.NOBODY;
    replies.give(this);
  }
}
