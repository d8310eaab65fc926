package io.fairlead.runtime;

import io.fairlead.backend.Connector;
import io.fairlead.config.Address;
import io.fairlead.loop.ChannelLink;
import io.fairlead.loop.Connection;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Opens connections to servers on one event loop; names are resolved elsewhere, because that
 * blocks.
 */
final class ChannelConnector implements Connector {
  private final Transport transport;
  private final EventLoop eventLoop;
  private final ByteBufAllocator allocator;
  private final Executor names;

  ChannelConnector(
      Transport transport, EventLoop eventLoop, ByteBufAllocator allocator, Executor names) {
    this.transport = transport;
    this.eventLoop = eventLoop;
    this.allocator = allocator;
    this.names = names;
  }

  @Override
  public void connect(
      Address address, Duration timeout, Connection connection, Consumer<Throwable> onFailure) {
    names.execute(
        () -> {
          SocketAddress resolved = transport.resolve(address);
          if (!eventLoop.isShutdown()) {
            eventLoop.execute(() -> connect(address, resolved, timeout, connection, onFailure));
          }
        });
  }

  private void connect(
      Address address,
      SocketAddress resolved,
      Duration timeout,
      Connection connection,
      Consumer<Throwable> onFailure) {
    if (connection.isClosed()) {
      return;
    }
    if (resolved instanceof InetSocketAddress inet && inet.isUnresolved()) {
      onFailure.accept(new UnknownHostException(inet.getHostString()));
      return;
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(eventLoop)
            .channel(transport.channel(address))
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
            .handler(joining(connection));
    if (address instanceof Address.Tcp) {
      bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
    }
    bootstrap
        .connect(resolved)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                onFailure.accept(done.cause());
              }
            });
  }

  private static ChannelInitializer<Channel> joining(Connection connection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        ChannelLink.join(connection, channel);
      }
    };
  }
}
