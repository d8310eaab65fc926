package io.fairlead.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Listening sockets as what they are to the system: numbers that a process may have from the one
 * before it, from its parent, or from itself. With epoll only.
 */
final class Descriptors {
  /*
   * Parents that know nothing of epoll leave the socket blocking, and Java has no call that changes
   * this. Accepting goes on until there is nobody left, so that the last call would block the event loop
   * for good. A time-out for receiving holds for accepting too: with the shortest one the call comes back
   * after a tick of the kernel's clock (1 to 10 ms), and only for sockets that block.
   */
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int TIMEVAL_BYTES = 16;
  private static final RawUnixChannelOption RECEIVE_TIMEOUT =
      new RawUnixChannelOption("SO_RCVTIMEO", SOL_SOCKET, SO_RCVTIMEO, TIMEVAL_BYTES);

  private Descriptors() {}

  static int of(Channel listener) {
    return ((UnixChannel) listener).fd().intValue();
  }

  /** A socket that listens at a path. Netty would delete the path when its channel is closed. */
  static int listen(Path path, int backlog) throws IOException {
    Socket socket = Socket.newSocketDomain();
    try {
      socket.bind(new DomainSocketAddress(path.toString()));
      socket.listen(backlog);
      return socket.intValue();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  static void close(int descriptor) throws IOException {
    new FileDescriptor(descriptor).close();
  }

  /**
   * A channel of a TCP socket that listens already; it accepts nobody until it is to read.
   *
   * @throws IOException when it is no such socket
   */
  static Channel adoptTcp(ServerBootstrap bootstrap, int descriptor) throws IOException {
    return register(bootstrap, descriptor, () -> tcpChannel(descriptor));
  }

  /** The same of a unix-domain socket. */
  static Channel adoptUnix(ServerBootstrap bootstrap, int descriptor) throws IOException {
    return register(bootstrap, descriptor, () -> new EpollServerDomainSocketChannel(descriptor));
  }

  private static ServerChannel tcpChannel(int descriptor) {
    EpollServerSocketChannel channel = new EpollServerSocketChannel(descriptor);
    ByteBuffer shortest =
        ByteBuffer.allocateDirect(TIMEVAL_BYTES)
            .order(ByteOrder.nativeOrder())
            .putLong(0)
            .putLong(1)
            .flip();
    channel.config().setOption(RECEIVE_TIMEOUT, shortest);
    return channel;
  }

  private static Channel register(
      ServerBootstrap bootstrap, int descriptor, ChannelFactory<ServerChannel> factory)
      throws IOException {
    ChannelFuture registered =
        bootstrap
            .channelFactory(factory)
            .option(ChannelOption.AUTO_READ, false)
            .register()
            .awaitUninterruptibly();
    if (!registered.isSuccess()) {
      throw new IOException(
          "listen on descriptor " + descriptor + ": it is no socket that listens",
          registered.cause());
    }
    return registered.channel();
  }
}
