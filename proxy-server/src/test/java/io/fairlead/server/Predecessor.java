package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plays a process without listeners, which says that it has freed its admin port and has not. */
final class Predecessor implements AutoCloseable {
  private final ServerSocket admin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final ServerSocketChannel listener =
      ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  private final Path path;
  private final Thread thread = new Thread(this::talk, "predecessor");
  private volatile String failure = "";

  /** Waits at a path to be asked. */
  Predecessor(Path path) throws IOException {
    this.path = path;
    listener.bind(UnixDomainSocketAddress.of(path));
    thread.start();
  }

  int adminPort() {
    return admin.getLocalPort();
  }

  private void talk() {
    try (SocketChannel other = listener.accept()) {
      hear(other, "fairlead takeover 1\n");
      Files.delete(path);
      say(other, "pid 1\nport admin 127.0.0.1:" + adminPort() + "\nend\n");
      hear(other, "send\nready\n");
      say(other, "done\n");
    } catch (IOException | AssertionError e) {
      failure = e.toString();
    }
  }

  private static void hear(SocketChannel other, String expected) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(expected.length());
    while (in.hasRemaining() && other.read(in) >= 0) {
      // more
    }
    String heard = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
    assertThat(heard).isEqualTo(expected);
  }

  private static void say(SocketChannel other, String text) throws IOException {
    other.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  void freeAdminPort() throws IOException {
    admin.close();
  }

  /** What went otherwise than it should; empty for nothing. */
  String failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    admin.close();
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
