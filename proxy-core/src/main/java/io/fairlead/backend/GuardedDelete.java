package io.fairlead.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import io.fairlead.spool.Receipt;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One delete on its way to a server, with its key in case it fails: then it goes into the spool,
 * and its client is told that there was nothing to delete, as mcrouter tells it.
 */
final class GuardedDelete implements ReplySink, Receipt {
  private static final byte[] NOT_FOUND = "NOT_FOUND\r\n".getBytes(US_ASCII);
  private static final byte[] DELETE = "delete ".getBytes(US_ASCII);
  private static final int LINE_END_BYTES = 2;

  private final ProxyLoop loop;
  private final SpooledDeletes spooled;
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];
  private final MissReply metaMiss = new MissReply();
  private int keyLength;
  private boolean isMeta;
  private int slot;
  private Failure failure = Failure.LOST;
  private @Nullable ReplySink target;

  @Nullable GuardedDelete nextFree;

  GuardedDelete(ProxyLoop loop, SpooledDeletes spooled) {
    this.loop = loop;
    this.spooled = spooled;
  }

  /** Begins with a command that was parsed from {@code in}, which is borrowed. */
  GuardedDelete begin(Command command, ByteBuf in, ReplySink sink, int newSlot) {
    keyLength = command.copyKey(in, key);
    isMeta = command.verb() == Verb.MD;
    if (isMeta) {
      metaMiss.isFor(command, in);
    }
    return begin(sink, newSlot);
  }

  /** Begins with a classic delete, which is borrowed. */
  GuardedDelete begin(ByteBuf request, ReplySink sink, int newSlot) {
    keyLength = request.readableBytes() - DELETE.length - LINE_END_BYTES;
    request.getBytes(request.readerIndex() + DELETE.length, key, 0, keyLength);
    isMeta = false;
    return begin(sink, newSlot);
  }

  private GuardedDelete begin(ReplySink sink, int newSlot) {
    target = sink;
    slot = newSlot;
    return this;
  }

  @Override
  public void onReply(
      int ownSlot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    over().onReply(slot, code, in, from, length, complete);
  }

  @Override
  public void onMiss(int ownSlot) {
    throw new IllegalStateException("a delete has no misses");
  }

  @Override
  public void onFailure(int ownSlot, Failure why) {
    if (!why.leavesServerUntold()) {
      over().onFailure(slot, why);
      return;
    }
    failure = why;
    spooled.add(Arrays.copyOf(key, keyLength), this);
  }

  @Override
  public void onSpooled() {
    spooled.onSpooled();
    ByteBuf reply = loop.outputs().take();
    ReplyCode code = isMeta ? ReplyCode.NF : ReplyCode.NOT_FOUND;
    if (isMeta) {
      metaMiss.write(reply);
    } else {
      reply.writeBytes(NOT_FOUND);
    }
    Failure why = failure;
    int ofTarget = slot;
    over().onSpooled(ofTarget, why, code, reply, 0, reply.readableBytes());
    loop.outputs().giveBack(reply);
  }

  @Override
  public void onRefused() {
    over().onFailure(slot, failure);
  }

  /** Ends this; it may be used again by what the sink does when it is told, so that is last. */
  private ReplySink over() {
    ReplySink told = target;
    assert told != null;
    target = null;
    spooled.giveBack(this);
    return told;
  }
}
