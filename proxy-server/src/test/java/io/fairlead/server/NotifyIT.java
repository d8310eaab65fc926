package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager such as systemd is told. */
@EnabledOnOs(OS.LINUX)
class NotifyIT {
  @TempDir private Path folder;
  private Socket manager;
  private final List<String> told = new ArrayList<>();
  private Launcher launcher;
  private String path;

  @BeforeEach
  void listen() throws IOException {
    Epoll.ensureAvailability(); // loads what sockets are made with
    manager = Socket.newSocketDomainDgram();
    path = folder.resolve("notify").toString();
    manager.bind(new DomainSocketAddress(path));
    launcher = Launcher.sharedIn(folder);
  }

  @AfterEach
  void close() throws IOException {
    manager.close();
  }

  private RunningFairlead serve() throws IOException {
    return launcher.start(
        Map.of("NOTIFY_SOCKET", path),
        "serve",
        "--server=127.0.0.1",
        "--listen=0",
        "--admin=off",
        "--takeover=" + folder.resolve("takeover"));
  }

  @Test
  void followsFromOneProcessToTheNextAndHearsOfTheEndOfTheLast() throws Exception {
    try (RunningFairlead first = serve()) {
      first.await("msg=\"ready\"");
      Await.until("told of the first", () -> hears(1));
      try (RunningFairlead next = serve()) {
        next.await("msg=\"ready\"");
        assertThat(first.awaitEnd()).isZero();
        Await.until("told of the next", () -> hears(2));
        assertThat(next.terminate()).isZero();
        Await.until("told of the end", () -> hears(3));

        assertThat(told)
            .containsExactly(
                "READY=1\nMAINPID=" + first.pid(), "READY=1\nMAINPID=" + next.pid(), "STOPPING=1");
      }
    }
  }

  private boolean hears(int messages) {
    ByteBuffer in = ByteBuffer.allocateDirect(1000);
    try {
      DomainDatagramSocketAddress from = manager.recvFromDomainSocket(in, 0, in.capacity());
      if (from != null) {
        byte[] text = new byte[from.receivedAmount()];
        in.get(0, text);
        told.add(new String(text, StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return told.size() >= messages;
  }
}
