package io.fairlead.backend;

import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;

/**
 * Who is told what became of a request. For each slot it is told exactly once how it ended: by a
 * complete reply, a miss or a failure. The calls come on the event loop, possibly before the call
 * that sent the request has returned.
 */
public interface ReplySink {
  /**
   * Whether the reply for {@code slot} can be passed on while it is still arriving. After true, its
   * pieces come as they arrive.
   */
  default boolean relays(int slot) {
    return false;
  }

  /**
   * Whether the request of {@code slot}, a retrieval, would still be told what it should be if it
   * were asked again only now. It would not if the same client has written since.
   */
  default boolean mayBeAskedAgain(int slot) {
    return false;
  }

  /**
   * A reply, or a piece of one that is relayed.
   *
   * @param in borrowed
   * @param complete whether this is the last piece
   */
  void onReply(int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete);

  /**
   * A delete has failed and was taken into the spool, from which its server will be told later; the
   * reply says that there was nothing to delete.
   *
   * @param in borrowed
   */
  default void onSpooled(
      int slot, Failure failure, ReplyCode code, ByteBuf in, int from, int length) {
    onReply(slot, code, in, from, length, true);
  }

  /** A retrieval did not find the key. */
  void onMiss(int slot);

  /** There is no reply, or none that is complete. */
  void onFailure(int slot, Failure failure);

  /** A sink for requests whose outcome interests nobody. */
  ReplySink NOBODY =
      new ReplySink() {
        @Override
        public void onReply(
            int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {}

        @Override
        public void onMiss(int slot) {}

        @Override
        public void onFailure(int slot, Failure failure) {}
      };
}
