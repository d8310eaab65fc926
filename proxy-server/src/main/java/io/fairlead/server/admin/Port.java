package io.fairlead.server.admin;

import io.fairlead.config.Address;
import io.fairlead.runtime.SharedPort;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port for operators, on an event loop of its own: few connections at a time, each for a limited
 * time, whatever its client does.
 */
final class Port implements AutoCloseable {
  static final int MAX_CONNECTIONS = 64;

  private static final AttributeKey<Future<?>> END = AttributeKey.valueOf(Port.class, "END");

  private static final Logger LOG = LoggerFactory.getLogger(Port.class);

  private final String name;
  private final EventLoopGroup loop;
  private final ChannelGroup connections;
  private final Duration limit;
  private final boolean isShared;
  private final Channel listener;

  /**
   * Listens.
   *
   * @param name what the thread and messages are called
   * @param reusePort whether other processes may listen there too
   * @param limit how long a connection may live
   * @param setup adds the handlers of a connection
   * @throws IOException when the address cannot be listened on; its message says which and why
   */
  Port(
      String name,
      Address.Tcp address,
      boolean reusePort,
      Duration limit,
      Consumer<ChannelPipeline> setup)
      throws IOException {
    this.name = name;
    this.limit = limit;
    isShared = reusePort;
    loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    connections = new DefaultChannelGroup(loop.next());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel, setup);
                  }
                });
    try {
      if (reusePort) {
        bootstrap.option(SharedPort.withNio(), true);
      }
      listener = bind(bootstrap, address);
    } catch (IOException e) {
      var unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      String reason = reusePort ? SharedPort.explain(e.getMessage()) : e.getMessage();
      throw new IOException(name + " " + address + ": " + reason, e);
    }
  }

  private static Channel bind(ServerBootstrap bootstrap, Address.Tcp address) throws IOException {
    ChannelFuture bound = bootstrap.bind(address.host(), address.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(reason(bound.cause()), bound.cause());
    }
    return bound.channel();
  }

  /** What the system said; for a name without an address Java says nothing. */
  private static @Nullable String reason(Throwable failure) {
    return failure instanceof UnresolvedAddressException
        ? "Name or service not known"
        : failure.getMessage();
  }

  /** Sets up a connection, or closes it at once when there are too many. */
  private void accept(Channel channel, Consumer<ChannelPipeline> setup) {
    if (connections.size() >= MAX_CONNECTIONS) {
      var unused = channel.close();
      return;
    }
    connections.add(channel);
    Future<?> end =
        channel
            .eventLoop()
            .schedule(() -> channel.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
    channel.attr(END).set(end);
    channel.closeFuture().addListener(closed -> end.cancel(false));
    setup.accept(channel.pipeline());
  }

  /** How many are open; from any thread. */
  int connections() {
    return connections.size();
  }

  /** Lets a connection live for as long as it likes; on its loop. */
  static void keepOpen(Channel channel) {
    Future<?> end = channel.attr(END).get();
    if (end != null) {
      end.cancel(false);
    }
  }

  /** Where it listens; port 0 has become a real one. */
  InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Leaves a port that is shared to the others; who is connected is answered. */
  void leave() {
    if (isShared) {
      listener.close().awaitUninterruptibly();
      LOG.info("leaves the {} port to another process", name);
    }
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
