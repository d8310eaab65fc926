package io.fairlead.runtime;

import io.fairlead.backend.Connector;
import io.fairlead.config.Address;
import io.fairlead.config.PoolSettings;
import io.fairlead.loop.ChannelLink;
import io.fairlead.loop.Connection;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
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
      Address address, PoolSettings pool, Connection connection, Consumer<Throwable> onFailure) {
    int retries = pool.connection().connectRetries();
    resolve(address, pool, connection, retries, onFailure);
  }

  /**
   * @param retries how often to try again when it takes too long; any other failure is final
   */
  private void resolve(
      Address address,
      PoolSettings pool,
      Connection connection,
      int retries,
      Consumer<Throwable> onFailure) {
    Consumer<Throwable> onFailed =
        cause -> {
          if (retries > 0 && cause instanceof ConnectTimeoutException) {
            resolve(address, pool, connection, retries - 1, onFailure);
          } else {
            onFailure.accept(cause);
          }
        };
    names.execute(
        () -> {
          SocketAddress resolved = transport.resolve(address);
          if (!eventLoop.isShutdown()) {
            eventLoop.execute(() -> connect(address, resolved, pool, connection, onFailed));
          }
        });
  }

  private void connect(
      Address address,
      SocketAddress resolved,
      PoolSettings pool,
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
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) pool.connectTimeout().toMillis())
            .handler(joining(connection));
    if (address instanceof Address.Tcp) {
      new ServerSocketOptions(transport, pool).setOn(bootstrap);
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
