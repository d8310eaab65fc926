package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.config.Address;
import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ThreadSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel says about a connection, which is asked by both transports. */
class ServerSocketOptionsTest {
  private static final KeepaliveSettings TIMES =
      new KeepaliveSettings(true, Duration.ofSeconds(7), Duration.ofSeconds(3), 4);

  @ParameterizedTest
  @EnumSource(
      value = ThreadSettings.Transport.class,
      names = {"AUTO", "NIO"})
  void theKernelProbesWithTheTimesThatAreGiven(ThreadSettings.Transport wanted) throws IOException {
    Transport transport = Transport.of(wanted);

    connected(
        transport,
        TIMES,
        channel -> {
          assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
          assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
          assertThat(channel.config().getOption(transport.keepaliveIdle())).isEqualTo(7);
          assertThat(channel.config().getOption(transport.keepaliveInterval())).isEqualTo(3);
          assertThat(channel.config().getOption(transport.keepaliveProbes())).isEqualTo(4);
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = ThreadSettings.Transport.class,
      names = {"AUTO", "NIO"})
  void theKernelDoesNotProbeWhenThatIsOff(ThreadSettings.Transport wanted) throws IOException {
    connected(
        Transport.of(wanted),
        KeepaliveSettings.OFF,
        channel -> assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isFalse());
  }

  /** Idle, interval and probes together; NIO has nothing of the kind. */
  @Test
  void outputGoesNoLongerUnacknowledgedThanAServerMayBeSilent() throws IOException {
    assumeThat(Epoll.isAvailable()).isTrue();
    connected(
        Transport.EPOLL, TIMES, channel -> assertThat(unacknowledged(channel)).isEqualTo(19_000));
    connected(
        Transport.EPOLL,
        KeepaliveSettings.DEFAULT,
        channel -> assertThat(unacknowledged(channel)).isEqualTo(3_000));
    connected(
        Transport.EPOLL,
        KeepaliveSettings.OFF,
        channel -> assertThat(unacknowledged(channel)).isZero());
  }

  /** Linux would give up connecting after that time, too. */
  @Test
  void connectingMayTakeAsLongAsItsOwnTimeOutSays() throws IOException {
    assumeThat(Epoll.isAvailable()).isTrue();
    PoolSettings patient =
        PoolSettings.with("pool", Mode.SHARDED, List.of())
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    connected(
        Transport.EPOLL, patient, channel -> assertThat(unacknowledged(channel)).isEqualTo(10_000));
  }

  private static int unacknowledged(Channel channel) {
    return channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT);
  }

  private static void connected(
      Transport transport, KeepaliveSettings keepalive, Consumer<Channel> look) throws IOException {
    PoolSettings pool =
        PoolSettings.with("pool", Mode.SHARDED, List.of())
            .connection(new ConnectionSettings(keepalive, Duration.ZERO, 0))
            .build();
    connected(transport, pool, look);
  }

  private static void connected(Transport transport, PoolSettings pool, Consumer<Channel> look)
      throws IOException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.handlers());
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(group)
              .channel(transport.channel(new Address.Tcp("127.0.0.1", 1)))
              .handler(new ChannelInboundHandlerAdapter());
      new ServerSocketOptions(transport, pool).setOn(bootstrap);
      Channel channel =
          bootstrap.connect(server.getLocalSocketAddress()).syncUninterruptibly().channel();
      look.accept(channel);
      channel.close().syncUninterruptibly();
    } finally {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
