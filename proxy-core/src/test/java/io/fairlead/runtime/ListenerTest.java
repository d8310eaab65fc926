package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.tls.Keyring;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerTest {
  private static final Transport TRANSPORT = Transport.NIO;

  @TempDir private Path folder;

  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, TRANSPORT.handlers());

  @AfterEach
  void shutDown() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** As while a proxy drains, whose successor listens at the same path. */
  @Test
  void thePathOfAListenerThatIsClosedIsLeftToOthers() throws IOException {
    Path path = folder.resolve("s.sock");
    Listener listener = open(path);
    assertThat(path).exists();
    listener.close(false);
    assertThat(path).doesNotExist();
    Files.writeString(path, "another's");

    listener.close(false);

    assertThat(path).hasContent("another's");
  }

  private Listener open(Path path) throws IOException {
    return new Listener(
        ListenerSettings.of(new Address.Unix(path.toString()), "pool"),
        TRANSPORT,
        group,
        group,
        UnpooledByteBufAllocator.DEFAULT,
        channel -> {
          throw new IllegalStateException("no client is expected");
        },
        new ClientPlaces(1),
        new Keyring(),
        new GivenSockets());
  }
}
