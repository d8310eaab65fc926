package io.fairlead.runtime;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who has started this process and wants to know how it is, as with {@code sd_notify}. */
public final class ServiceManager {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  private final @Nullable String socket;

  /**
   * @param socket where it listens: a path, or a name behind an {@code @}; null for nobody
   */
  ServiceManager(@Nullable String socket) {
    this.socket = socket;
  }

  /** That of this process, which the environment names. */
  public static ServiceManager ofThisProcess() {
    return new ServiceManager(System.getenv("NOTIFY_SOCKET"));
  }

  /** This process serves, and is the one to watch; it may have taken over from another. */
  public void ready() {
    tell("READY=1\nMAINPID=" + ProcessHandle.current().pid());
  }

  /** This process ends, and none has taken over from it. */
  public void stopping() {
    tell("STOPPING=1");
  }

  private void tell(String state) {
    if (socket == null || socket.isEmpty()) {
      return;
    }
    if (!Epoll.isAvailable()) {
      LOG.warn("the service manager cannot be told without the native transport");
      return;
    }
    try {
      send(socket, state);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("socket", socket).addKeyValue("cause", e).log("nobody was told");
    }
  }

  private static void send(String socket, String state) throws IOException {
    byte[] path = socket.getBytes(StandardCharsets.UTF_8);
    if (path[0] == '@') {
      path[0] = 0; // which is how names that are no files begin
    }
    byte[] text = state.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer message = ByteBuffer.allocateDirect(text.length).put(text);
    Socket sender = Socket.newSocketDomainDgram();
    try {
      sender.sendToDomainSocket(message, 0, text.length, path);
    } finally {
      sender.close();
    }
  }
}
