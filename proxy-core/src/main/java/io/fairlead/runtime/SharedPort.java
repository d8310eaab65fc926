package io.fairlead.runtime;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port on which several processes listen (SO_REUSEPORT): the kernel spreads new clients over
 * them, by the addresses and ports of both ends.
 */
public final class SharedPort {
  /** Columns of /proc/net/tcp. */
  private static final int ADDRESS = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;

  private static final String LISTENING = "0A";

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

  /** How many sockets listen where this one does; 1 where that cannot be known. */
  static int listeners(int descriptor) {
    try {
      String socket = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      String inode = socket.substring(socket.indexOf('[') + 1, socket.length() - 1);
      return Math.max(
          listeners(inode, Path.of("/proc/self/net/tcp")),
          listeners(inode, Path.of("/proc/self/net/tcp6")));
    } catch (IOException | UncheckedIOException e) {
      return 1;
    }
  }

  private static int listeners(String inode, Path table) throws IOException {
    if (!Files.exists(table)) { // as where there is no IPv6
      return 1;
    }
    List<String[]> listening;
    // One by one: a node may have 100,000 connections.
    try (Stream<String> lines = Files.lines(table)) {
      listening =
          lines
              .map(line -> line.trim().split("\\s+", -1))
              .filter(row -> row.length > INODE && row[STATE].equals(LISTENING))
              .toList();
    }
    return listening.stream()
        .filter(row -> row[INODE].equals(inode))
        .findFirst()
        .map(own -> listening.stream().filter(row -> row[ADDRESS].equals(own[ADDRESS])).count())
        .orElse(1L)
        .intValue();
  }

  /** Why a port could not be listened on, with what sharing it takes. */
  public static String explain(@Nullable String reason) {
    String known = String.valueOf(reason);
    return known.toLowerCase(Locale.ROOT).contains("already in use")
        ? known + ", by another user's process or one without reuse_port"
        : known;
  }
}
