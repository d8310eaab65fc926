package io.fairlead.runtime;

import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A listening socket that the parent process has opened. */
final class InheritedSocket {
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

  private InheritedSocket() {}

  /** The socket with that descriptor; with epoll only. */
  static ServerChannel take(int descriptor) {
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
}
