package io.fairlead.runtime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * What a channel has read although its socket was about to be taken out of it: the first input of
 * the connection.
 */
final class EarlyInput extends ChannelInboundHandlerAdapter {
  /*
   * A channel that was told not to read does so all the same when it hears of a fault, and it may hear of
   * one that is not its own. The kernel reports a batch of events by the numbers of the sockets. When
   * the client of one has gone, and the proxy closes it because of an earlier event of the batch, and
   * the next event is a new client, then that gets the number that has become free; the rest of the batch
   * has the fault of the one before it, under the same number.
   */
  private ByteBuf kept = Unpooled.EMPTY_BUFFER;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf read = (ByteBuf) message;
    kept = kept.isReadable() ? Unpooled.wrappedBuffer(kept, read) : read;
  }

  /** Gives what was read since this was asked last, to be released by who asks. */
  ByteBuf take() {
    ByteBuf taken = kept;
    kept = Unpooled.EMPTY_BUFFER;
    return taken;
  }
}
