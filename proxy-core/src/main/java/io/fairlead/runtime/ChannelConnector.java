package io.fairlead.runtime;

import com.google.common.net.InetAddresses;
import io.fairlead.access.Credentials;
import io.fairlead.backend.Connector;
import io.fairlead.config.Address;
import io.fairlead.config.PasswordPlace;
import io.fairlead.config.PoolSettings;
import io.fairlead.discovery.Names;
import io.fairlead.loop.ChannelLink;
import io.fairlead.loop.Connection;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/** Opens connections to servers on one event loop; names are resolved on another thread. */
final class ChannelConnector implements Connector {
  private final Transport transport;
  private final EventLoop eventLoop;
  private final ByteBufAllocator allocator;
  private final NamedConnections named;
  private final Credentials credentials;

  ChannelConnector(
      Transport transport,
      EventLoop eventLoop,
      ByteBufAllocator allocator,
      Names names,
      Credentials credentials) {
    this.transport = transport;
    this.eventLoop = eventLoop;
    this.allocator = allocator;
    this.credentials = credentials;
    this.named = new NamedConnections(names, eventLoop);
  }

  @Override
  public void connect(
      Address address, PoolSettings pool, Connection connection, Consumer<Throwable> onFailure) {
    connect(address, pool, connection, pool.connection().connectRetries(), onFailure);
  }

  /**
   * @param retries how often to try again when it takes too long; any other failure is final
   */
  private void connect(
      Address address,
      PoolSettings pool,
      Connection connection,
      int retries,
      Consumer<Throwable> onFailure) {
    Consumer<Throwable> onFailed =
        cause -> {
          if (retries > 0 && cause instanceof ConnectTimeoutException) {
            connect(address, pool, connection, retries - 1, onFailure);
          } else {
            onFailure.accept(cause);
          }
        };
    attempt(address, pool, connection, onFailed);
  }

  private void attempt(
      Address address, PoolSettings pool, Connection connection, Consumer<Throwable> onFailure) {
    if (address instanceof Address.Tcp tcp && !isNumeric(tcp.host())) {
      connectByName(tcp, pool, connection, onFailure);
      return;
    }
    onLoop(
        () -> {
          if (!connection.isClosed()) {
            bootstrap(address, pool, connection, onFailure)
                .connect(transport.resolve(address))
                .addListener(
                    done -> {
                      if (!done.isSuccess()) {
                        onFailure.accept(done.cause());
                      }
                    });
          }
        });
  }

  /** Whether it is an address, perhaps of a network interface: {@code fe80::1%eth0}. */
  private static boolean isNumeric(String host) {
    return host.indexOf(':') >= 0 || InetAddresses.isInetAddress(host);
  }

  private void connectByName(
      Address.Tcp address,
      PoolSettings pool,
      Connection connection,
      Consumer<Throwable> onFailure) {
    named
        .names()
        .resolve(
            address.host(),
            found -> onLoop(() -> connectTo(found, address, pool, connection, onFailure)),
            reason -> onLoop(() -> fail(reason, connection, onFailure)));
  }

  private static void fail(String reason, Connection connection, Consumer<Throwable> onFailure) {
    if (!connection.isClosed()) {
      onFailure.accept(new UnknownHostException(reason));
    }
  }

  private void connectTo(
      InetAddress found,
      Address.Tcp address,
      PoolSettings pool,
      Connection connection,
      Consumer<Throwable> onFailure) {
    if (connection.isClosed()) {
      return;
    }
    SocketAddress at = new InetSocketAddress(found, address.port());
    ChannelFuture connecting = bootstrap(address, pool, connection, onFailure).connect(at);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            named.add(address.host(), found, connection, connecting.channel());
          } else {
            named.names().failed(address.host(), found);
            onFailure.accept(done.cause());
          }
        });
  }

  private void onLoop(Runnable task) {
    if (!eventLoop.isShutdown()) {
      eventLoop.execute(task);
    }
  }

  private Bootstrap bootstrap(
      Address address, PoolSettings pool, Connection connection, Consumer<Throwable> onFailure) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(eventLoop)
            .channel(transport.channel(address))
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) pool.connectTimeout().toMillis())
            .handler(joining(connection, pool, onFailure));
    if (address instanceof Address.Tcp) {
      new ServerSocketOptions(transport, pool).setOn(bootstrap);
    }
    return bootstrap;
  }

  private ChannelInitializer<Channel> joining(
      Connection connection, PoolSettings pool, Consumer<Throwable> onFailure) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        PasswordPlace auth = pool.connection().auth();
        if (auth != null) {
          byte[] token = credentials.login(auth);
          channel.pipeline().addLast(new ServerLogin(token, pool.connectTimeout(), onFailure));
        }
        ChannelLink.join(connection, channel);
      }
    };
  }
}
