package io.fairlead.runtime;

import io.fairlead.loop.Connection;
import io.fairlead.loop.Fifo;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.loop.RawSocket;
import io.fairlead.loop.SocketLink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The socket of an epoll channel, taken out of it as soon as it is connected: the event loop tells
 * this of events, and reads and sends are system calls of this. The channel only owns the socket
 * from then on; it opens it, has its options, and closes it.
 */
final class EpollSocket implements EpollIoHandle, RawSocket {
  private static final EpollIoOps INPUT = EpollIoOps.EPOLLIN;
  private static final EpollIoOps ROOM = EpollIoOps.EPOLLOUT;
  private static final EpollIoOps INPUT_AND_ROOM = INPUT.with(ROOM);

  /** Only of an end or a fault, and once: no event at all would take the socket out of epoll. */
  private static final EpollIoOps NOTHING = EpollIoOps.EPOLLET;

  private static final EpollIoOps ROOM_ONCE = NOTHING.with(ROOM);

  private static final int INPUT_BIT = INPUT.value();
  private static final int ROOM_BIT = ROOM.value();
  private static final int FAULT_BIT = EpollIoOps.EPOLLERR.value();

  private static final FastThreadLocal<IovArray> VECTORS =
      new FastThreadLocal<>() {
        @Override
        protected IovArray initialValue() {
          return new IovArray(MOST_PIECES);
        }

        @Override
        protected void onRemoval(IovArray vector) {
          vector.release();
        }
      };

  private final Channel channel;
  private final Socket socket;
  private final EarlyInput early;
  private final SocketLink link;
  private final FutureListener<Void> onClose = closed -> onClosed();
  private EpollIoOps watched = EpollIoOps.NONE;
  private @Nullable IoRegistration registration;

  private EpollSocket(Connection connection, Channel channel, EarlyInput early) {
    this.channel = channel;
    this.early = early;
    this.socket = (Socket) ((UnixChannel) channel).fd();
    this.link = new SocketLink(connection, this);
  }

  /**
   * Joins a connection and an epoll channel of the same event loop. The connection opens when the
   * channel becomes active and ends with it.
   */
  static void join(Connection connection, Channel channel) {
    channel.pipeline().addLast(new Opening(connection));
  }

  /** Waits for the channel to be connected. */
  private static final class Opening extends ChannelInboundHandlerAdapter {
    private final Connection connection;

    Opening(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel channel = context.channel();
      channel.config().setAutoRead(false); // or it would read what is not its own any more
      EarlyInput early = new EarlyInput();
      channel.pipeline().replace(this, null, early);
      new EpollSocket(connection, channel, early).takeOut();
    }
  }

  private void takeOut() {
    channel.closeFuture().addListener(onClose);
    channel.deregister().addListener(this::onFree);
  }

  private void onFree(Future<?> free) {
    if (free.isSuccess() && channel.isOpen()) {
      ((IoEventLoop) channel.eventLoop())
          .register(this)
          .addListener((Future<IoRegistration> registered) -> onRegistered(registered));
    } else {
      close();
    }
  }

  private void onRegistered(Future<IoRegistration> registered) {
    if (registered.isSuccess()) {
      registration = registered.getNow();
      link.onOpen();
      receiveEarly();
    } else {
      close();
    }
  }

  private void receiveEarly() {
    ByteBuf in = early.take();
    if (in.isReadable()) {
      link.onInput(in);
    }
    in.release();
  }

  private void onClosed() {
    early.take().release();
    IoRegistration present = registration;
    if (present != null) {
      present.cancel();
    }
    link.onClosed();
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    int bits = ((EpollIoEvent) event).ops().value();
    link.onReady(
        (bits & INPUT_BIT) != 0,
        (bits & ROOM_BIT) != 0,
        (bits & ~(INPUT_BIT | ROOM_BIT | FAULT_BIT)) != 0,
        (bits & FAULT_BIT) != 0);
  }

  @Override
  public @Nullable SocketAddress peer() {
    return channel.remoteAddress();
  }

  @Override
  public @Nullable SocketAddress local() {
    return channel.localAddress();
  }

  @Override
  public int receive(ByteBuf in) throws IOException {
    int received =
        in.hasMemoryAddress() ? receiveAt(in.memoryAddress(), in.capacity()) : receiveInto(in);
    in.setIndex(0, Math.max(0, received));
    return received;
  }

  private int receiveAt(long address, int bytes) throws IOException {
    return socket.recvAddress(address, 0, bytes);
  }

  /** Where Java does not tell addresses. */
  private int receiveInto(ByteBuf in) throws IOException {
    ByteBuffer room = in.internalNioBuffer(0, in.capacity());
    return socket.recv(room, room.position(), room.limit());
  }

  @Override
  public int send(ByteBuf out) throws IOException {
    if (out.hasMemoryAddress()) {
      return socket.sendAddress(out.memoryAddress(), out.readerIndex(), out.writerIndex());
    }
    ByteBuffer bytes = out.internalNioBuffer(out.readerIndex(), out.readableBytes());
    return socket.send(bytes, bytes.position(), bytes.limit());
  }

  @Override
  public long send(Fifo<ByteBuf> out) throws IOException {
    IovArray vector = VECTORS.get();
    vector.clear();
    long end = Math.min(out.tail(), out.head() + MOST_PIECES);
    for (long at = out.head(); at < end; at++) {
      ByteBuf piece = out.get(at);
      vector.add(piece, piece.readerIndex(), piece.readableBytes());
    }
    return socket.writevAddresses(vector.memoryAddress(0), vector.count());
  }

  @Override
  public void watch(boolean input, boolean room) {
    IoRegistration present = registration;
    EpollIoOps wanted = input ? (room ? INPUT_AND_ROOM : INPUT) : room ? ROOM_ONCE : NOTHING;
    if (present != null && present.isValid() && !wanted.equals(watched)) {
      watched = wanted;
      present.submit(wanted);
    }
  }

  /** The channel has to come along, as it is closed on the loop that it was on last. */
  @Override
  public void move(ProxyLoop to, Supplier<@Nullable Connection> next, Runnable onOver) {
    channel.closeFuture().removeListener(onClose);
    IoRegistration present = registration;
    if (present != null) {
      present.cancel();
    }
    try {
      to.eventLoop().execute(() -> arrive(to, next, onOver));
    } catch (RejectedExecutionException e) { // it has ended, and so will the proxy
      close();
      onOver.run();
    }
  }

  private void arrive(ProxyLoop to, Supplier<@Nullable Connection> next, Runnable onOver) {
    to.eventLoop()
        .register(channel)
        .addListener(
            registered -> {
              try {
                goOn(registered.isSuccess() ? next.get() : null);
              } finally {
                onOver.run();
              }
            });
  }

  /** As when the channel was new. */
  private void goOn(@Nullable Connection next) {
    if (next == null) {
      close();
    } else {
      new EpollSocket(next, channel, early).takeOut();
    }
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdown(false, true);
  }

  @Override
  public void close() {
    var unused = channel.close();
  }
}
