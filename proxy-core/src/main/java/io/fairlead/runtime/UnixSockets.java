package io.fairlead.runtime;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that unix-domain sockets leave behind. */
final class UnixSockets {
  private UnixSockets() {}

  /**
   * Removes a socket file on which nobody listens any more.
   *
   * @throws IOException when somebody does, or when it is another kind of file
   */
  static void removeStale(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw new IOException("listen unix:" + path + ": the path exists and is not a socket");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException nobodyListens) {
      Files.delete(path);
      return;
    }
    throw new IOException("listen unix:" + path + ": the address is already in use");
  }
}
