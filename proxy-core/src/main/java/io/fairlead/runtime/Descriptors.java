package io.fairlead.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.file.Path;

/** Listening sockets as what they are to the system: numbers that a process may pass to another. */
final class Descriptors {
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

  static ServerChannel unixChannel(int descriptor) {
    return new EpollServerDomainSocketChannel(descriptor);
  }

  static ServerChannel tcpChannel(int descriptor) {
    return new EpollServerSocketChannel(descriptor);
  }

  /** Accepts connections on a channel that listens already. */
  static Channel accept(ServerBootstrap bootstrap, ServerChannel channel) {
    Channel registered = register(bootstrap, channel);
    // Not before the handler is there that takes them: the loop adds it after the registration.
    registered.config().setAutoRead(true);
    return registered;
  }

  /** Registers a channel that listens already; it accepts nobody until it is to read. */
  static Channel register(ServerBootstrap bootstrap, ServerChannel channel) {
    return bootstrap
        .channelFactory(() -> channel)
        .option(ChannelOption.AUTO_READ, false)
        .register()
        .syncUninterruptibly()
        .channel();
  }
}
