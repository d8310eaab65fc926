package io.fairlead.loop;

import io.fairlead.tls.PeerName;
import io.fairlead.tls.TlsBuffers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seam between a {@link Connection} and a socket with TLS between them. */
public final class SecureLink extends ChannelLink {
  private static final Logger LOG = LoggerFactory.getLogger(SecureLink.class);

  private final SslHandler tls;

  private SecureLink(Connection connection, Channel channel, boolean rejoins, SslHandler tls) {
    super(connection, channel, rejoins);
    this.tls = tls;
  }

  /**
   * Joins a connection and a channel as {@link ChannelLink#join} does.
   *
   * @param tls stands in the pipeline already, with a {@link Handshake} behind it
   */
  public static void join(
      Connection connection, Channel channel, boolean forgetsHalfClosed, SslHandler tls) {
    channel.config().setAllocator(TlsBuffers.ALLOCATOR);
    new SecureLink(connection, channel, forgetsHalfClosed, tls).join();
  }

  /** To say goodbye is the end of what the peer sends. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent closed) {
      if (closed.isSuccess()) {
        onInputEnd();
      }
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException) { // which is how the peer's faults are told
      LOG.debug("connection ended: cause={}", cause.toString());
      connection.onBroken();
      context.close();
    } else {
      super.exceptionCaught(context, cause);
    }
  }

  /** Below TLS, where nothing is made of an empty message. */
  @Override
  ChannelOutboundInvoker socket() {
    return channel.pipeline().context(tls);
  }

  /** What is known of the keys belongs to handlers of this loop. */
  @Override
  public boolean mayMove() {
    return false;
  }

  @Override
  void sayGoodbye() {
    tls.closeOutbound();
  }

  @Override
  public @Nullable String peerName() {
    return PeerName.of(tls);
  }
}
