package io.fairlead.runtime;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port on which several processes listen (SO_REUSEPORT): the kernel spreads new clients over
 * them, by the addresses and ports of both ends.
 */
public final class SharedPort {
  private SharedPort() {}

  /**
   * Lets a listening socket of NIO share its port.
   *
   * @throws IOException when the system cannot do that
   */
  public static ChannelOption<Boolean> withNio() throws IOException {
    try (ServerSocketChannel any = ServerSocketChannel.open()) {
      return withNio(any.supportedOptions());
    }
  }

  /** Netty would go on without an option that the system does not have. */
  static ChannelOption<Boolean> withNio(Set<SocketOption<?>> supported) throws IOException {
    if (!supported.contains(StandardSocketOptions.SO_REUSEPORT)) {
      throw new IOException(
          "reuse_port: true (expected: false, as this system lets one process alone listen on a"
              + " port)");
    }
    return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
  }

  /** Why a port could not be listened on, with what sharing it takes. */
  public static String explain(@Nullable String reason) {
    String known = String.valueOf(reason);
    return known.toLowerCase(Locale.ROOT).contains("already in use")
        ? known + ", by another user's process or one without reuse_port"
        : known;
  }
}
