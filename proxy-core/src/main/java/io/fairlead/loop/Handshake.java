package io.fairlead.loop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;

/**
 * Stands behind TLS in the pipeline of a channel: what comes after it hears that the channel is
 * active when both sides have agreed, and never when they do not.
 */
public final class Handshake extends ChannelInboundHandlerAdapter {
  private final Consumer<Throwable> onFailure;
  private boolean agreed;
  private boolean heard;
  private boolean failed;

  /**
   * @param onFailure is told once when nothing comes of it; the channel is closed then
   */
  public Handshake(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  /** It is of no use yet. */
  @Override
  public void channelActive(ChannelHandlerContext context) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent done)) {
      context.fireUserEventTriggered(event);
    } else if (done.isSuccess()) {
      agreed = true;
      context.fireChannelActive();
    } else {
      fail(context, done.cause());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!agreed) {
      fail(context, new ClosedChannelException());
    }
    context.fireChannelInactive();
  }

  /** A peer may say what it thinks of our certificate when the handshake is over for us. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException && !heard) {
      fail(context, cause.getCause() == null ? cause : cause.getCause());
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  private void fail(ChannelHandlerContext context, Throwable cause) {
    if (!failed) {
      failed = true;
      onFailure.accept(cause);
      context.close();
    }
  }
}
