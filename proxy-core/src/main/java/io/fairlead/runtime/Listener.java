package io.fairlead.runtime;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.loop.ChannelLink;
import io.fairlead.metrics.Counter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An address that clients connect to; it gives each of them to an event loop, in turn. */
final class Listener {
  private static final String TOO_MANY = "ERROR Too many open connections\r\n";

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
   * @param open client connections that are open now, of all listeners
   */
  static Listener open(
      ListenerSettings settings,
      int index,
      Transport transport,
      EventLoopGroup group,
      ByteBufAllocator allocator,
      Function<Channel, LoopRuntime> runtimeOf,
      AtomicInteger open,
      int mostConnections)
      throws IOException {
    Address address = settings.address();
    SocketAddress resolved = transport.resolve(address);
    if (resolved instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new IOException("listen " + address + ": unknown host " + inet.getHostString());
    }
    if (address instanceof Address.Unix unix) {
      UnixSockets.removeStale(Path.of(unix.path()));
    }
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(transport.serverChannel(address))
            .option(ChannelOption.SO_BACKLOG, settings.socket().backlog())
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accept(client, runtimeOf.apply(client), index, open, mostConnections);
                  }
                });
    if (address instanceof Address.Tcp) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.SO_KEEPALIVE, true);
    }
    ChannelFuture bound = bootstrap.bind(resolved).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("listen " + address + ": " + reason(bound.cause()), bound.cause());
    }
    return new Listener(settings, bound.channel());
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("address already in use")
        ? "the address is already in use"
        : message;
  }

  private static void accept(
      Channel client, LoopRuntime runtime, int index, AtomicInteger open, int most) {
    // Not by the option of that name, which NIO's unix-domain channels do not know: they close when
    // a client stops sending, whatever is set, and Netty would warn for each of them.
    ((DuplexChannelConfig) client.config()).setAllowHalfClosure(true);
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      runtime.loop().stats().count(Counter.CLIENTS_REJECTED);
      client
          .writeAndFlush(Unpooled.copiedBuffer(TOO_MANY, StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    client.closeFuture().addListener(closed -> open.decrementAndGet());
    ChannelLink.join(runtime.clients(index).accept(), client);
  }

  /** The address with the port that was really taken. */
  SocketAddress address() {
    SocketAddress local = channel.localAddress();
    return local instanceof DomainSocketAddress unix
        ? UnixDomainSocketAddress.of(unix.path())
        : local;
  }

  /** Stops accepting. */
  void close() {
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
