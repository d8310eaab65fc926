package io.fairlead.server.demo;

import io.fairlead.config.Address;
import io.fairlead.server.command.UserError;
import io.fairlead.server.serve.ServeCommand;
import io.fairlead.server.serve.ServeFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code fairlead rehearse}: serves with a file on free ports, answers a few requests and ends.
 *
 * <p>The launcher runs it to record which classes a start needs (class-data archive); a start with
 * the archive takes half the time. Users have no use for it, so help does not list it.
 */
@Command(name = "rehearse", hidden = true, mixinStandardHelpOptions = true)
public final class RehearseCommand implements Callable<Integer> {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 50;

  @Override
  public Integer call() throws UserError, IOException, InterruptedException {
    DemoNodes nodes = DemoNodes.start(2); // which end with the process
    int port = freePort();
    int admin = freePort();
    Path file = Files.createTempFile("fairlead", ".yaml");
    try {
      Files.writeString(file, configuration(port, admin, nodes.addresses()));
      serve(file);
      awaitReady(admin);
      converse(port, "set a 0 0 1\r\n1\r\nget a b\r\ndelete a\r\nquit\r\n");
      converse(admin, "GET /metrics HTTP/1.0\r\n\r\n");
    } finally {
      Files.delete(file);
    }
    return 0;
  }

  private static String configuration(int port, int admin, List<Address> servers) {
    return """
    listeners: [{ address: "127.0.0.1:%d", pool: main }]
    pools: { main: { servers: ["%s", { address: "%s", weight: 2 }], timeout: 250ms } }
    admin: "127.0.0.1:%d"
    shutdown: { delay: false }
    warm_up: 300ms
    """
        .formatted(port, servers.get(0), servers.get(1), admin);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The end of the process is the end of it, too. */
  private static void serve(Path file) {
    new CommandLine(ServeCommand.class).parseArgs("--server", "cache1"); // as most lines are read
    List<String> line = List.of("serve", "--config", file.toString());
    Map<String, String> environment = Map.of("FAIRLEAD_LISTEN", ":5000", "FAIRLEAD_ADMIN", ":5001");
    ServeFile plain = Objects.requireNonNull(ServeFile.of(line, environment));
    Thread thread = new Thread(() -> run(plain), "serve");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(ServeFile plain) {
    try {
      plain.run();
    } catch (UserError | InterruptedException e) {
      LoggerFactory.getLogger(RehearseCommand.class).error("the rehearsal did not start", e);
    }
  }

  private static void awaitReady(int admin) throws UserError, IOException, InterruptedException {
    for (long waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
      if (isReady(admin)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    throw new UserError("the rehearsal did not become ready.");
  }

  private static boolean isReady(int admin) {
    try {
      return converse(admin, "GET /readyz HTTP/1.0\r\n\r\n").contains(" 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends all of {@code text} and reads until the other side closes. */
  private static String converse(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.US_ASCII);
    }
  }
}
