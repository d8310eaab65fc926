package io.fairlead.server.admin;

import io.fairlead.config.Address;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The admin port: a small HTTP server on an event loop of its own. */
public final class AdminServer implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 2048;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int MAX_BODY_BYTES = 1024;
  static final int MAX_CONNECTIONS = 64;
  private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(10);

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("admin", true), NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(loop.next());
  private final AdminPages pages;
  private final Channel listener;

  private AdminServer(Address.Tcp address, AdminPages pages, Duration exchangeLimit)
      throws IOException {
    this.pages = pages;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new Connections(exchangeLimit))
            .bind(address.host(), address.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new IOException("admin " + address + ": " + bound.cause().getMessage(), bound.cause());
    }
    listener = bound.channel();
  }

  /**
   * Listens, alive and not yet ready.
   *
   * @throws IOException when the address cannot be listened on; its message says which and why
   */
  public static AdminServer start(Address.Tcp address, String version) throws IOException {
    return start(address, version, EXCHANGE_LIMIT);
  }

  static AdminServer start(Address.Tcp address, String version, Duration exchangeLimit)
      throws IOException {
    return new AdminServer(address, new AdminPages(version), exchangeLimit);
  }

  /** Where it listens; port 0 has become a real one. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** The proxy accepts connections: probes pass, and its counters are served. Called once. */
  public void onReady(ProxyReadings readings) {
    pages.onReady(readings);
  }

  /** The proxy takes no new connections: it is alive and not ready. */
  public void onDraining() {
    pages.onDraining();
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Sets up a connection, or closes it at once when there are too many. */
  private final class Connections extends ChannelInitializer<Channel> {
    private final Duration exchangeLimit;

    Connections(Duration exchangeLimit) {
      this.exchangeLimit = exchangeLimit;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (connections.size() >= MAX_CONNECTIONS) {
        var unused = channel.close();
        return;
      }
      connections.add(channel);
      HttpDecoderConfig limits =
          new HttpDecoderConfig()
              .setMaxInitialLineLength(MAX_LINE_BYTES)
              .setMaxHeaderSize(MAX_HEADER_BYTES);
      channel
          .pipeline()
          .addLast(new HttpServerCodec(limits))
          .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
          .addLast(new AdminHandler(pages, exchangeLimit));
    }
  }
}
