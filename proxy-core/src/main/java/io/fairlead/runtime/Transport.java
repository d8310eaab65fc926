package io.fairlead.runtime;

import io.fairlead.config.Address;
import io.fairlead.config.ThreadSettings;
import io.fairlead.loop.ChannelLink;
import io.fairlead.loop.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** What carries the connections: the kernel's epoll through native code, or the JDK's NIO. */
enum Transport {
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    Class<? extends Channel> channel(Address address) {
      return address instanceof Address.Unix
          ? EpollDomainSocketChannel.class
          : EpollSocketChannel.class;
    }

    @Override
    Class<? extends ServerChannel> serverChannel(Address address) {
      return address instanceof Address.Unix
          ? EpollServerDomainSocketChannel.class
          : EpollServerSocketChannel.class;
    }

    @Override
    SocketAddress unix(String path) {
      return new DomainSocketAddress(path);
    }

    @Override
    void join(Connection connection, Channel channel) {
      EpollSocket.join(connection, channel);
    }

    @Override
    ChannelOption<Boolean> reusePort() {
      return UnixChannelOption.SO_REUSEPORT;
    }

    @Override
    ChannelOption<Integer> keepaliveIdle() {
      return EpollChannelOption.TCP_KEEPIDLE;
    }

    @Override
    ChannelOption<Integer> keepaliveInterval() {
      return EpollChannelOption.TCP_KEEPINTVL;
    }

    @Override
    ChannelOption<Integer> keepaliveProbes() {
      return EpollChannelOption.TCP_KEEPCNT;
    }

    @Override
    ChannelOption<Integer> longestUnacknowledged() {
      return EpollChannelOption.TCP_USER_TIMEOUT;
    }
  },
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    Class<? extends Channel> channel(Address address) {
      return address instanceof Address.Unix
          ? NioDomainSocketChannel.class
          : NioSocketChannel.class;
    }

    @Override
    Class<? extends ServerChannel> serverChannel(Address address) {
      return address instanceof Address.Unix
          ? NioServerDomainSocketChannel.class
          : NioServerSocketChannel.class;
    }

    @Override
    SocketAddress unix(String path) {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    void join(Connection connection, Channel channel) {
      ChannelLink.join(connection, channel);
    }

    @Override
    ChannelOption<Boolean> reusePort() throws IOException {
      return SharedPort.withNio();
    }

    @Override
    ChannelOption<Integer> keepaliveIdle() {
      return NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE);
    }

    @Override
    ChannelOption<Integer> keepaliveInterval() {
      return NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL);
    }

    @Override
    ChannelOption<Integer> keepaliveProbes() {
      return NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT);
    }

    @Override
    @Nullable ChannelOption<Integer> longestUnacknowledged() {
      return null;
    }
  };

  abstract IoHandlerFactory handlers();

  abstract Class<? extends Channel> channel(Address address);

  abstract Class<? extends ServerChannel> serverChannel(Address address);

  abstract SocketAddress unix(String path);

  /**
   * Joins a connection and a channel of the same event loop, with nothing between them but what
   * stands in the pipeline already and leaves it.
   */
  abstract void join(Connection connection, Channel channel);

  /** Whether event loops forget a channel whose peer has stopped sending. */
  boolean forgetsHalfClosed() {
    return this == EPOLL;
  }

  /** Whether it can go on with a socket that another process has opened. */
  boolean adopts() {
    return this == EPOLL;
  }

  /**
   * Lets several processes listen on one port.
   *
   * @throws IOException when the system cannot do that
   */
  abstract ChannelOption<Boolean> reusePort() throws IOException;

  /** Seconds of silence before the first probe of the kernel. */
  abstract ChannelOption<Integer> keepaliveIdle();

  /** Seconds between two probes. */
  abstract ChannelOption<Integer> keepaliveInterval();

  /** Probes that may go unanswered. */
  abstract ChannelOption<Integer> keepaliveProbes();

  /**
   * Milliseconds that output may go without the acknowledgement of the peer's kernel; null where
   * that cannot be said.
   */
  abstract @Nullable ChannelOption<Integer> longestUnacknowledged();

  /**
   * The transport that the settings ask for.
   *
   * @throws IOException when it is epoll and that cannot be used here
   */
  static Transport of(ThreadSettings.Transport wanted) throws IOException {
    return switch (wanted) {
      case NIO -> NIO;
      case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
      case EPOLL -> {
        if (!Epoll.isAvailable()) {
          throw new IOException(
              "transport epoll is not available here ("
                  + Epoll.unavailabilityCause()
                  + "); use transport auto or nio");
        }
        yield EPOLL;
      }
    };
  }

  /** The socket address of {@code address}; resolves a host name, so not to be called on a loop. */
  SocketAddress resolve(Address address) {
    return address instanceof Address.Tcp tcp
        ? new InetSocketAddress(tcp.host(), tcp.port())
        : unix(((Address.Unix) address).path());
  }
}
