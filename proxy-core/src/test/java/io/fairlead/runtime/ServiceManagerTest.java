package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ServiceManagerTest {
  @TempDir private Path folder;

  @BeforeAll
  static void loadWhatSocketsAreMadeWith() {
    Epoll.ensureAvailability();
  }

  @Test
  void isToldWhichProcessServesAndWhenItEnds() throws IOException {
    Path path = folder.resolve("notify");
    Socket listening = Socket.newSocketDomainDgram();
    try {
      listening.bind(new DomainSocketAddress(path.toString()));
      ServiceManager manager = new ServiceManager(path.toString());

      manager.ready();
      manager.stopping();

      assertThat(receive(listening)).isEqualTo("READY=1\nMAINPID=" + ProcessHandle.current().pid());
      assertThat(receive(listening)).isEqualTo("STOPPING=1");
    } finally {
      listening.close();
    }
  }

  @Test
  void mayHaveANameThatIsNoFile() throws IOException {
    String name = "fairlead-test-" + ProcessHandle.current().pid();
    Socket listening = Socket.newSocketDomainDgram();
    try {
      listening.bind(new DomainSocketAddress('\0' + name));

      new ServiceManager('@' + name).stopping();

      assertThat(receive(listening)).isEqualTo("STOPPING=1");
    } finally {
      listening.close();
    }
  }

  @Test
  void isNotMissedWhenThereIsNone() {
    new ServiceManager(null).ready();
    new ServiceManager("").ready();
    new ServiceManager(folder.resolve("nobody").toString()).ready();
  }

  private static @Nullable String receive(Socket socket) throws IOException {
    ByteBuffer in = ByteBuffer.allocateDirect(1000);
    DomainDatagramSocketAddress from = socket.recvFromDomainSocket(in, 0, in.capacity());
    if (from == null) {
      return null;
    }
    byte[] text = new byte[from.receivedAmount()];
    in.get(0, text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
