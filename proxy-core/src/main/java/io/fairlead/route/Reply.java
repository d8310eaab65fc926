package io.fairlead.route;

import io.fairlead.backend.Failure;
import io.fairlead.loop.OutputBuffers;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Result;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * How one child answered: with a line and perhaps a value, with a miss, or not at all.
 *
 * <p>The bytes are borrowed: good until the method that was given the reply sends something or
 * returns, unless they are {@link #keep kept}.
 */
public final class Reply {
  private final int slot;
  private final Result result;
  private final ReplyCode code;
  private final @Nullable Failure failure;
  private @Nullable ByteBuf bytes;
  private int from;
  private final int length;
  private boolean kept;

  private Reply(
      int slot,
      Result result,
      ReplyCode code,
      @Nullable Failure failure,
      @Nullable ByteBuf bytes,
      int from,
      int length) {
    this.slot = slot;
    this.result = result;
    this.code = code;
    this.failure = failure;
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  static Reply line(int slot, Result result, ReplyCode code, ByteBuf in, int from, int length) {
    return new Reply(slot, result, code, null, in, from, length);
  }

  /** A retrieval did not find the key. */
  static Reply miss(int slot) {
    return new Reply(slot, Result.NOTFOUND, ReplyCode.END, null, null, 0, 0);
  }

  static Reply failed(int slot, Failure failure) {
    return new Reply(slot, Results.of(failure), ReplyCode.SERVER_ERROR, failure, null, 0, 0);
  }

  /** Which child this is of. */
  public int slot() {
    return slot;
  }

  public Result result() {
    return result;
  }

  public ReplyCode code() {
    return code;
  }

  /** A delete that failed, and was taken into the spool. */
  static Reply spooled(
      int slot, Failure failure, ReplyCode code, ByteBuf in, int from, int length) {
    return new Reply(slot, Results.of(failure), code, failure, in, from, length);
  }

  /** Why the child did not do it; null when it did, or said itself why not. */
  @Nullable Failure failure() {
    return failure;
  }

  /** Whether it has bytes: a line that is to be passed on. */
  public boolean hasBytes() {
    return bytes != null;
  }

  /** The buffer that has the line, and the value if there is one. */
  public ByteBuf bytes() {
    ByteBuf present = bytes;
    if (present == null) {
      throw new IllegalStateException("a reply without bytes");
    }
    return present;
  }

  public int from() {
    return from;
  }

  /** Bytes of the line, the value and their line ends. */
  public int length() {
    return length;
  }

  /** Copies the bytes, so that they stay until {@link #drop}. */
  Reply keep(OutputBuffers buffers) {
    ByteBuf borrowed = bytes;
    if (borrowed != null && !kept) {
      bytes = buffers.take().writeBytes(borrowed, from, length);
      from = 0;
      kept = true;
    }
    return this;
  }

  int keptBytes() {
    return kept ? length : 0;
  }

  /** Gives up what was kept. */
  void drop(OutputBuffers buffers) {
    ByteBuf own = bytes;
    if (kept && own != null) {
      bytes = null;
      kept = false;
      buffers.giveBack(own);
    }
  }
}
