package io.fairlead.it;

import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The installed nutcracker in front of given servers: ketama, fnv1a_64, nothing is ejected. */
final class Nutcracker implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final int START_ATTEMPTS = 5;

  private final Process process;
  private final int port;

  private Nutcracker(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it with its configuration and log in {@code folder}. */
  static Nutcracker start(List<MemcachedServer> servers, Path folder) throws Exception {
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      int port = freePort();
      Path config = folder.resolve("nutcracker-" + attempt + ".yml");
      Files.writeString(config, config(servers, port));
      Nutcracker started = new Nutcracker(launch(config, folder), port);
      if (started.awaitListening()) {
        return started;
      }
      started.close(); // another process was quicker to take the port
    }
    throw new IllegalStateException("nutcracker did not start, see its log in " + folder);
  }

  RawClient connect() {
    return RawClient.connect(port).withDeadline(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static Process launch(Path config, Path folder) throws IOException {
    return new ProcessBuilder(
            program().toString(),
            "-c",
            config.toString(),
            "-a",
            "127.0.0.1",
            "-s",
            Integer.toString(freePort()))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("nutcracker.log").toFile())
        .start();
  }

  private static Path program() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "nutcracker"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not installed: apt-get install nutcracker"));
  }

  private static String config(List<MemcachedServer> servers, int port) {
    StringBuilder config =
        new StringBuilder(
            """
            main:
              listen: 127.0.0.1:%d
              hash: fnv1a_64
              distribution: ketama
              auto_eject_hosts: false
              timeout: 10000
              servers:
            """
                .formatted(port));
    for (MemcachedServer server : servers) {
      config.append("   - 127.0.0.1:").append(server.port()).append(":1\n");
    }
    return config.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its connections are accepted before the server behind it has been asked. */
  private boolean awaitListening() throws InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() - end < 0) {
      try (RawClient client = connect()) {
        client.send("get nothing\r\n").expect("END\r\n");
        return true;
      } catch (RuntimeException notYet) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    return false;
  }
}
