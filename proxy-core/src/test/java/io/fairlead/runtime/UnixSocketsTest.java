package io.fairlead.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a file in the place of a socket, which makes no difference to names and permissions. */
class UnixSocketsTest {
  @TempDir private Path folder;

  @Test
  void nobodyElseCanReachASocketBeforeItHasItsMode() throws IOException {
    Path path = folder.resolve("s.sock");

    UnixSockets.bind(
        path,
        0666,
        hidden -> {
          assertThat(path).doesNotExist();
          assertThat(permissions(requireNonNull(hidden.getParent()))).isEqualTo("rwx------");
          Files.createFile(hidden);
          return new EmbeddedChannel();
        });

    assertThat(permissions(path)).isEqualTo("rw-rw-rw-");
    assertThat(entries()).containsExactly(path);
  }

  @Test
  void aNameThatIsTakenMeanwhileIsLeftAlone() throws IOException {
    Path path = folder.resolve("s.sock");
    EmbeddedChannel channel = new EmbeddedChannel();

    assertThatThrownBy(
            () ->
                UnixSockets.bind(
                    path,
                    0600,
                    hidden -> {
                      Files.writeString(path, "another's");
                      Files.createFile(hidden);
                      return channel;
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("listen unix:" + path + ": the address is already in use");

    assertThat(path).hasContent("another's");
    assertThat(channel.isOpen()).isFalse();
    assertThat(entries()).containsExactly(path);
  }

  @Test
  void leavesNothingBehindWhenBindingFails() throws IOException {
    assertThatThrownBy(
            () ->
                UnixSockets.bind(
                    folder.resolve("s.sock"),
                    0600,
                    hidden -> {
                      throw new IOException("no");
                    }))
        .hasMessage("no");

    assertThat(entries()).isEmpty();
  }

  @Test
  void saysWhichSocketHasNoFolder() {
    Path path = folder.resolve("missing").resolve("s.sock");

    assertThatThrownBy(() -> UnixSockets.bind(path, 0600, hidden -> new EmbeddedChannel()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("listen unix:" + path + ": ")
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void whatOnlyIsLikeASocketOnWhichNobodyListensIsLeftAlone() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> UnixSockets.removeStale(pipe))
        .isInstanceOf(IOException.class)
        .hasMessage("listen unix:" + pipe + ": the path exists and is not a socket");

    assertThat(entries()).containsExactly(pipe);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
