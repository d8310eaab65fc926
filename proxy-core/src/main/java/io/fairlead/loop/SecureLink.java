package io.fairlead.loop;

import io.fairlead.tls.PeerName;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seam between a {@link Connection} and a socket with TLS between them: the connection opens
 * when the peers have agreed, and never when they do not.
 */
public final class SecureLink extends ChannelLink {
  private static final Logger LOG = LoggerFactory.getLogger(SecureLink.class);

  private final SslHandler tls;
  private final Consumer<Throwable> onFailure;
  private boolean agreed;
  private boolean heard;
  private boolean failed;

  private SecureLink(
      Connection connection,
      Channel channel,
      boolean rejoins,
      SslHandler tls,
      Consumer<Throwable> onFailure) {
    super(connection, channel, rejoins);
    this.tls = tls;
    this.onFailure = onFailure;
  }

  /**
   * Joins a connection and a channel as {@link ChannelLink#join} does, with TLS between them.
   *
   * @param onFailure is told once when nothing comes of it
   */
  public static void join(
      Connection connection,
      Channel channel,
      boolean forgetsHalfClosed,
      SslHandler tls,
      Consumer<Throwable> onFailure) {
    SecureLink link = new SecureLink(connection, channel, forgetsHalfClosed, tls, onFailure);
    channel.pipeline().addLast(tls);
    link.join();
  }

  private void onHandshake(SslHandshakeCompletionEvent done) {
    if (done.isSuccess()) {
      agreed = true;
      connection.linkOpened(this);
    } else {
      fail(done.cause());
    }
  }

  private void fail(Throwable cause) {
    if (!failed) {
      failed = true;
      onFailure.accept(cause);
      connection.linkClosed();
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    super.channelRead(context, message);
  }

  /** The connection is of no use before the handshake. */
  @Override
  public void channelActive(ChannelHandlerContext context) {}

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (agreed) {
      super.channelInactive(context);
    } else {
      fail(new ClosedChannelException());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      onHandshake(done);
    } else if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
      onInputEnd();
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException) { // which is how the peer's faults are told
      LOG.debug("connection ended: cause={}", cause.toString());
      if (!heard) { // a server may tell what it thinks of our certificate after the handshake only
        fail(cause.getCause() == null ? cause : cause.getCause());
      }
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

  @Override
  void sayGoodbye() {
    tls.closeOutbound();
  }

  @Override
  @Nullable String peerName() {
    return PeerName.of(tls);
  }
}
