package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.loop.Connection;
import io.fairlead.loop.ProxyLoop;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A socket on its way out of its channel, which hears of an event that is not its own. */
@ExtendWith(NoLeaks.class)
class EpollSocketTest {
  private static final int IN = 0x1;
  private static final int FAULT = 0x8;
  private static final int FAULT_AND_END = 0x18;
  private static final int INPUT_END = 0x2000;

  /** More than a channel reads at once, as a new one. */
  private static final String SENT = "0123456789".repeat(5_000);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final StringBuilder received = new StringBuilder();
  private IoEventLoopGroup group;
  private ProxyLoop loop;
  private boolean closes;

  @BeforeEach
  void epoll() {
    assumeThat(Epoll.isAvailable()).isTrue();
    group = new MultiThreadIoEventLoopGroup(1, Transport.EPOLL.handlers());
    loop =
        new ProxyLoop(
            (SingleThreadEventLoop) group.next(), PooledByteBufAllocator.DEFAULT, false, 1 << 20);
  }

  @AfterEach
  void shutDown() {
    if (group != null) {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
      loop.release();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, IN, FAULT, FAULT_AND_END, INPUT_END, IN | FAULT_AND_END | INPUT_END})
  void whatItsChannelReadsIsTheConnections(int event) throws Exception {
    send(SENT, listen(event));

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(received.toString()).isEqualTo(SENT);
  }

  /** Also when that is all there is, and the end. */
  @ParameterizedTest
  @ValueSource(ints = {0, IN, FAULT, FAULT_AND_END, INPUT_END, IN | FAULT_AND_END | INPUT_END})
  void theEndIsToldAfterIt(int event) throws Exception {
    send("get k\r\n", listen(event));

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(received.toString()).isEqualTo("get k\r\n");
  }

  /** What it has read is released, or {@link NoLeaks} complains. */
  @Test
  void closesBeforeItIsOut() throws Exception {
    closes = true;
    Channel listener = listen(FAULT);

    try (Socket client = connect(listener)) {
      client.getOutputStream().write(Wire.bytes("get k\r\n"));
      listener.config().setAutoRead(true);
      client.setSoTimeout(10_000);
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      // closed with something unread, it is reset
    }

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(received.toString()).isEmpty();
  }

  private Channel listen(int event) throws InterruptedException {
    return new ServerBootstrap()
        .group(group)
        .channel(EpollServerSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                ((SocketChannelConfig) channel.config()).setAllowHalfClosure(true);
                channel.pipeline().addLast(new Astray(event));
                EpollSocket.join(new Recorder(), channel);
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  /** Everything is there before the connection is accepted. */
  private static void send(String text, Channel listener) throws IOException {
    try (Socket client = connect(listener)) {
      client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      client.shutdownOutput();
      listener.config().setAutoRead(true);
      client.setSoTimeout(10_000);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static Socket connect(Channel listener) throws IOException {
    InetSocketAddress address = (InetSocketAddress) listener.localAddress();
    return new Socket(address.getAddress(), address.getPort());
  }

  /** Gives the channel an event, as the event loop would, right after the channel became active. */
  private final class Astray extends ChannelInboundHandlerAdapter {
    private final int event;

    Astray(int event) {
      this.event = event;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.fireChannelActive();
      EpollIoHandle channel = (EpollIoHandle) context.channel().unsafe();
      if (event != 0) {
        channel.handle(null, (EpollIoEvent) () -> EpollIoOps.valueOf(event));
      }
      if (closes) {
        context.close();
      }
    }
  }

  /** Takes what comes, and closes at the end of it. */
  private final class Recorder extends Connection {
    Recorder() {
      super(EpollSocketTest.this.loop);
    }

    @Override
    protected int consume(ByteBuf in, int from, int to) {
      received.append(in.toString(from, to - from, StandardCharsets.ISO_8859_1));
      return to;
    }

    @Override
    protected void onClosed() {
      ended.countDown();
    }
  }
}
