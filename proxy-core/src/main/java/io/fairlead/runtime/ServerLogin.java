package io.fairlead.runtime;

import io.fairlead.backend.LoginRefusedException;
import io.fairlead.protocol.LoginLine;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates with a server before the connection behind it hears that it is open, so that
 * nothing is sent on one that would not be served, and a refusal is a failure to connect like any
 * other. It leaves the pipeline when it has succeeded.
 *
 * <p>Whatever has to happen on a channel first, such as TLS, stands before this and tells of the
 * channel as active when that is over.
 */
final class ServerLogin extends ChannelInboundHandlerAdapter {
  /** A line longer than this is no reply to a login. */
  private static final int LONGEST_REPLY = 256;

  private final byte @Nullable [] token;
  private final Duration timeout;
  private final Consumer<Throwable> onFailure;
  private final StringBuilder reply = new StringBuilder();
  private @Nullable ScheduledFuture<?> limit;
  private boolean isOver;

  /**
   * @param token the user, a space, and the password; null when they are not known
   * @param onFailure called when the connection cannot be used, which is then closed
   */
  ServerLogin(byte @Nullable [] token, Duration timeout, Consumer<Throwable> onFailure) {
    this.token = token;
    this.timeout = timeout;
    this.onFailure = onFailure;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (token == null) {
      fail(context, new IOException("there is no password for the server"));
      return;
    }
    limit =
        context
            .executor()
            .schedule(
                () -> fail(context, new ConnectTimeoutException("no answer to the login")),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    ByteBuf login = context.alloc().buffer();
    LoginLine.write(login, token);
    context.writeAndFlush(login, context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      reply.append(in.toString(StandardCharsets.ISO_8859_1));
    } finally {
      in.release();
    }
    if (reply.indexOf("\n") >= 0 || reply.length() > LONGEST_REPLY) {
      judge(context);
    }
  }

  private void judge(ChannelHandlerContext context) {
    if (isOver) {
      return;
    }
    if (reply.toString().equals("STORED\r\n")) {
      end();
      context.pipeline().remove(this);
      context.fireChannelActive();
    } else {
      fail(context, new LoginRefusedException());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, new IOException("the server closed the connection during the login"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, cause);
  }

  private void fail(ChannelHandlerContext context, Throwable cause) {
    if (!isOver) {
      end();
      context.close();
      onFailure.accept(cause);
    }
  }

  private void end() {
    isOver = true;
    if (limit != null) {
      limit.cancel(false);
    }
  }
}
