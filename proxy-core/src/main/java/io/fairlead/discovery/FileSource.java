package io.fairlead.discovery;

import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Servers that a file names, one in each line. It is read once a second, so that neither a link
 * that is turned nor a clock that stands keeps a change from being seen.
 */
final class FileSource implements Source {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long LARGEST_FILE = 4 << 20;

  private final Path path;
  private final Identity identity;
  private final Listener listener;
  private final Polling polling;

  FileSource(Path path, Identity identity, EventLoop loop, Listener listener) {
    this.path = path;
    this.identity = identity;
    this.listener = listener;
    this.polling = new Polling(loop, this::read, PERIOD, PERIOD);
  }

  @Override
  public void start() {
    read();
  }

  private void read() {
    try {
      listener.onServers(servers());
    } catch (NoSuchFileException e) {
      listener.onFailure(path + ": there is no such file");
    } catch (IOException e) {
      listener.onFailure(path + ": the file cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      listener.onFailure(String.valueOf(e.getMessage()));
    }
    polling.succeeded(PERIOD);
  }

  /** All of them, or none: a line that is no server may be half a server. */
  private List<ServerSettings> servers() throws IOException {
    if (Files.size(path) > LARGEST_FILE) {
      throw new IOException("it has more than 4 MiB");
    }
    List<ServerSettings> servers = new ArrayList<>();
    int number = 0;
    for (String line : Files.readString(path, StandardCharsets.UTF_8).split("\\R", -1)) {
      number++;
      try {
        ServerSettings server = ServerLine.parse(line, identity);
        if (server != null) {
          servers.add(server);
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(path + ":" + number + ": " + e.getMessage(), e);
      }
    }
    return servers;
  }

  @Override
  public void close() {
    polling.close();
  }
}
