package io.fairlead.runtime;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.SocketSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** An address that clients connect to; it gives each of them to an event loop, in turn. */
final class Listener {
  private final ListenerSettings settings;
  private final Channel channel;

  private Listener(ListenerSettings settings, Channel channel) {
    this.settings = settings;
    this.channel = channel;
  }

  /**
   * Starts listening.
   *
   * @param index the listener's index in the settings
   * @param runtimeOf finds what runs on the event loop of a channel
   * @param places those of the clients of all listeners
   */
  static Listener open(
      ListenerSettings settings,
      int index,
      Transport transport,
      EventLoopGroup group,
      ByteBufAllocator allocator,
      Function<Channel, LoopRuntime> runtimeOf,
      ClientPlaces places)
      throws IOException {
    Address address = settings.address();
    ClientPlaces own =
        new ClientPlaces(settings.connections() == 0 ? Integer.MAX_VALUE : settings.connections());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .option(ChannelOption.SO_BACKLOG, settings.socket().backlog())
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(
                new Acceptor(index, runtimeOf, transport.forgetsHalfClosed(), own, places));
    Integer descriptor = settings.socket().descriptor();
    if (descriptor != null) {
      return new Listener(settings, inherit(bootstrap, descriptor, settings.socket(), transport));
    }
    bootstrap.channel(transport.serverChannel(address));
    Channel bound =
        address instanceof Address.Unix unix
            ? bindUnix(bootstrap, unix, settings.socket(), transport)
            : bindTcp(bootstrap, address, settings.socket(), transport);
    return new Listener(settings, bound);
  }

  private static Channel inherit(
      ServerBootstrap bootstrap, int descriptor, SocketSettings settings, Transport transport)
      throws IOException {
    if (!transport.inherits()) {
      throw new IOException(
          "listen on descriptor "
              + descriptor
              + ": only the transport epoll can take over a socket; give an address and a port");
    }
    ChannelFuture taken =
        bootstrap
            .channelFactory(() -> InheritedSocket.take(descriptor))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, settings.keepAlive())
            .register()
            .awaitUninterruptibly();
    if (!taken.isSuccess()) {
      throw new IOException(
          "listen on descriptor " + descriptor + ": it is no TCP socket that listens",
          taken.cause());
    }
    return taken.channel();
  }

  private static Channel bindTcp(
      ServerBootstrap bootstrap, Address address, SocketSettings settings, Transport transport)
      throws IOException {
    SocketAddress resolved = transport.resolve(address);
    if (resolved instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new IOException("listen " + address + ": unknown host " + inet.getHostString());
    }
    bootstrap
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, settings.keepAlive());
    if (settings.reusePort()) {
      bootstrap.option(transport.reusePort(), true);
    }
    return bind(bootstrap, address, resolved);
  }

  private static Channel bindUnix(
      ServerBootstrap bootstrap, Address.Unix address, SocketSettings settings, Transport transport)
      throws IOException {
    Path path = Path.of(address.path());
    UnixSockets.removeStale(path);
    Integer mode = settings.mode();
    if (mode == null) {
      return bind(bootstrap, address, transport.unix(address.path()));
    }
    return UnixSockets.bind(
        path, mode, hidden -> bind(bootstrap, address, transport.unix(hidden.toString())));
  }

  private static Channel bind(ServerBootstrap bootstrap, Address address, SocketAddress at)
      throws IOException {
    ChannelFuture bound = bootstrap.bind(at).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("listen " + address + ": " + reason(bound.cause()), bound.cause());
    }
    return bound.channel();
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("address already in use")
        ? "the address is already in use"
        : message;
  }

  /** The address with the port that was really taken. */
  SocketAddress address() {
    return settings.address() instanceof Address.Unix unix
        ? UnixDomainSocketAddress.of(unix.path())
        : channel.localAddress();
  }

  /** Stops accepting. Once only: afterwards the path of a socket may be another's. */
  void close() {
    if (!channel.isOpen()) {
      return;
    }
    channel.close().awaitUninterruptibly();
    if (settings.address() instanceof Address.Unix unix) {
      try {
        Files.deleteIfExists(Path.of(unix.path()));
      } catch (IOException e) {
        // A stale socket file; the next start removes it.
      }
    }
  }
}
