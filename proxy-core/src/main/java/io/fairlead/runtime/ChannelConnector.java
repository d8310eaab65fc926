package io.fairlead.runtime;

import com.google.common.net.InetAddresses;
import io.fairlead.access.Credentials;
import io.fairlead.backend.Connector;
import io.fairlead.config.Address;
import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.PasswordPlace;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.discovery.Names;
import io.fairlead.loop.Connection;
import io.fairlead.loop.Handshake;
import io.fairlead.loop.SecureLink;
import io.fairlead.tls.Keyring;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Consumer;

/** Opens connections to servers on one event loop; names are resolved on another thread. */
final class ChannelConnector implements Connector {
  /** What a server on a unix socket is called in its certificate. */
  private static final String THIS_HOST = "localhost";

  private final Transport transport;
  private final EventLoop eventLoop;
  private final ByteBufAllocator allocator;
  private final NamedConnections named;
  private final Keyring keyring;
  private final Credentials credentials;

  ChannelConnector(
      Transport transport,
      EventLoop eventLoop,
      ByteBufAllocator allocator,
      Names names,
      Keyring keyring,
      Credentials credentials) {
    this.transport = transport;
    this.eventLoop = eventLoop;
    this.allocator = allocator;
    this.credentials = credentials;
    this.named = new NamedConnections(names, eventLoop);
    this.keyring = keyring;
  }

  /** Tells of one failure, whatever else goes wrong because of it. */
  private static final class FirstFailure implements Consumer<Throwable> {
    private final Consumer<Throwable> onFailure;
    private boolean told;

    FirstFailure(Consumer<Throwable> onFailure) {
      this.onFailure = onFailure;
    }

    @Override
    public void accept(Throwable cause) {
      if (!told) {
        told = true;
        onFailure.accept(cause);
      }
    }
  }

  /** An attempt to open a connection. */
  private record Attempt(
      ServerSettings server,
      PoolSettings pool,
      Connection connection,
      Consumer<Throwable> onFailure) {
    Address address() {
      return server.address();
    }

    /** Nobody wants it any more. */
    boolean isVain() {
      return connection.isClosed();
    }

    void fail(Throwable cause) {
      onFailure.accept(cause);
    }
  }

  @Override
  public void connect(
      ServerSettings server,
      PoolSettings pool,
      Connection connection,
      Consumer<Throwable> onFailure) {
    connect(new Attempt(server, pool, connection, onFailure), pool.connection().connectRetries());
  }

  /**
   * @param retries how often to try again when it takes too long; any other failure is final
   */
  private void connect(Attempt attempt, int retries) {
    Consumer<Throwable> onFailed =
        new FirstFailure(
            cause -> {
              if (retries > 0 && cause instanceof ConnectTimeoutException) {
                connect(attempt, retries - 1);
              } else {
                attempt.fail(cause);
              }
            });
    Attempt once = new Attempt(attempt.server(), attempt.pool(), attempt.connection(), onFailed);
    if (once.address() instanceof Address.Tcp tcp && !isNumeric(tcp.host())) {
      connectByName(tcp, once);
      return;
    }
    onLoop(() -> connectTo(transport.resolve(once.address()), once));
  }

  /** Whether it is an address, perhaps of a network interface: {@code fe80::1%eth0}. */
  private static boolean isNumeric(String host) {
    return host.indexOf(':') >= 0 || InetAddresses.isInetAddress(host);
  }

  private void connectTo(SocketAddress at, Attempt attempt) {
    if (attempt.isVain()) {
      return;
    }
    bootstrap(attempt)
        .connect(at)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                attempt.fail(done.cause());
              }
            });
  }

  private void connectByName(Address.Tcp address, Attempt attempt) {
    named
        .names()
        .resolve(
            address.host(),
            found -> onLoop(() -> connectTo(found, address, attempt)),
            reason -> onLoop(() -> fail(reason, attempt)));
  }

  private static void fail(String reason, Attempt attempt) {
    if (!attempt.isVain()) {
      attempt.fail(new UnknownHostException(reason));
    }
  }

  private void connectTo(InetAddress found, Address.Tcp address, Attempt attempt) {
    if (attempt.isVain()) {
      return;
    }
    ChannelFuture connecting =
        bootstrap(attempt).connect(new InetSocketAddress(found, address.port()));
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            named.add(address.host(), found, attempt.connection(), connecting.channel());
          } else {
            named.names().failed(address.host(), found);
            attempt.fail(done.cause());
          }
        });
  }

  private void onLoop(Runnable task) {
    if (!eventLoop.isShutdown()) {
      eventLoop.execute(task);
    }
  }

  private Bootstrap bootstrap(Attempt attempt) {
    PoolSettings pool = attempt.pool();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(eventLoop)
            .channel(transport.channel(attempt.address()))
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) pool.connectTimeout().toMillis())
            .handler(joining(attempt));
    if (attempt.address() instanceof Address.Tcp) {
      new ServerSocketOptions(transport, pool).setOn(bootstrap);
    }
    return bootstrap;
  }

  private ChannelInitializer<Channel> joining(Attempt attempt) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        join(channel, attempt);
      }
    };
  }

  /** What has to happen first stands before the link, and tells it that the channel is active. */
  private void join(Channel channel, Attempt attempt) {
    ConnectionSettings connection = attempt.pool().connection();
    ServerTlsSettings tls = attempt.server().tls() ? connection.tls() : null;
    PasswordPlace auth = connection.auth();
    SslHandler handler = tls == null ? null : handler(tls, attempt.address());
    if (handler != null) {
      channel.pipeline().addLast(handler, new Handshake(attempt.onFailure()));
    }
    if (auth != null) {
      Duration limit = attempt.pool().connectTimeout();
      channel
          .pipeline()
          .addLast(new ServerLogin(credentials.login(auth), limit, attempt.onFailure()));
    }
    if (handler == null) {
      transport.join(attempt.connection(), channel);
    } else {
      SecureLink.join(attempt.connection(), channel, false, handler);
    }
  }

  private SslHandler handler(ServerTlsSettings tls, Address address) {
    return address instanceof Address.Tcp tcp
        ? keyring.withServer(tls, tcp.host(), tcp.port())
        : keyring.withServer(tls, THIS_HOST, 0);
  }
}
