package io.fairlead.runtime;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/** The files that unix-domain sockets leave behind. */
final class UnixSockets {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** The bits of a mode that say what kind of file it is, and what they are for a socket. */
  private static final int FILE_TYPE = 0170000;

  private static final int SOCKET = 0140000;

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
    if (!isSocket(path)) {
      throw new IOException("listen unix:" + path + ": the path exists and is not a socket");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException nobodyListens) {
      Files.delete(path);
      return;
    } catch (IOException e) { // it may be in use: by a server of datagrams, or of another user
      throw failed(path, e);
    }
    throw inUse(path);
  }

  private static boolean isSocket(Path path) throws IOException {
    return ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == SOCKET;
  }

  /** Binds a socket to a path. */
  @FunctionalInterface
  interface Binding {
    Channel at(Path path) throws IOException;
  }

  /**
   * Binds a socket with certain permissions. Until it has them it is in a folder that only this
   * user may enter, so that nobody who is not meant to can have connected before.
   */
  static Channel bind(Path path, int mode, Binding binding) throws IOException {
    Path folder = createHiddenBeside(path);
    Path hidden = folder.resolve("s");
    try {
      Channel bound = binding.at(hidden);
      try {
        Files.setAttribute(hidden, "unix:mode", mode);
        Files.createLink(path, hidden); // unlike a move, it replaces nobody else's
      } catch (IOException e) {
        bound.close().awaitUninterruptibly();
        throw e instanceof FileAlreadyExistsException ? inUse(path) : failed(path, e);
      }
      return bound;
    } finally {
      Files.deleteIfExists(hidden);
      Files.delete(folder);
    }
  }

  /** With a short name, as the kernel takes no long paths of sockets. */
  private static Path createHiddenBeside(Path path) throws IOException {
    String name = "." + Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30), 36);
    try {
      return Files.createDirectory(path.resolveSibling(name), OWNER_ONLY);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** With the name of the exception, as its text is often a path and nothing else. */
  private static IOException failed(Path path, IOException cause) {
    return new IOException("listen unix:" + path + ": " + cause, cause);
  }

  private static IOException inUse(Path path) {
    return new IOException("listen unix:" + path + ": the address is already in use");
  }
}
