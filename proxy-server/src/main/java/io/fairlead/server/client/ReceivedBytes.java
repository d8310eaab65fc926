package io.fairlead.server.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a server has sent, for a thread that waits for it. More is read only when all is used up, so
 * that a long reply never lies in memory as a whole.
 */
final class ReceivedBytes extends SimpleChannelInboundHandler<ByteBuf> {
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
  private byte[] piece = END;
  private int at;
  private volatile String ending = "has closed the connection";

  /** The next byte; waits for it no longer than the limit. */
  byte next(Channel channel, Duration limit) throws ServerException {
    while (at == piece.length) {
      piece = nextPiece(channel, limit);
      at = 0;
    }
    return piece[at++];
  }

  private byte[] nextPiece(Channel channel, Duration limit) throws ServerException {
    byte[] next = pieces.poll();
    if (next == null) {
      channel.read();
      next = await(limit);
    }
    if (next.length == 0) { // the end: nothing else is empty
      pieces.add(END);
      throw new ServerException(ending);
    }
    return next;
  }

  private byte[] await(Duration limit) throws ServerException {
    try {
      byte[] next = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new ServerException("has not answered within " + limit.toMillis() + " ms");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("was not waited for", e);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
    if (bytes.isReadable()) {
      pieces.add(ByteBufUtil.getBytes(bytes));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    pieces.add(END);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ending = "has ended the connection: " + cause.getMessage();
    context.close();
  }
}
