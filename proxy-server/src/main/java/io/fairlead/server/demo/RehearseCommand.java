package io.fairlead.server.demo;

import io.fairlead.config.Address;
import io.fairlead.config.ConfigLoader;
import io.fairlead.server.command.ListenText;
import io.fairlead.server.command.UserError;
import io.fairlead.server.log.Logs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code fairlead rehearse}: reads a file, starts everything once on free ports, answers a few
 * requests and ends.
 *
 * <p>The launcher runs it to record which classes a start needs (class-data archive); a start with
 * the archive takes half the time. Users have no use for it, so help does not list it.
 */
@Command(name = "rehearse", hidden = true, mixinStandardHelpOptions = true)
public final class RehearseCommand implements Callable<Integer> {
  private static final Address.Tcp ANY_PORT = new Address.Tcp(ListenText.THIS_MACHINE, 0);
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String FILE =
      """
      listeners: [{ address: "0.0.0.0:5000", pool: main }]
      pools: { main: { servers: [a, { address: b, weight: 2 }], timeout: 250ms } }
      admin: { listen: "0.0.0.0:9090" }
      shutdown: { delay: 5s }
      """;

  @Override
  public Integer call() throws UserError, IOException {
    Logs.quiet();
    ConfigLoader.read(FILE, "fairlead.yaml");
    try (Demo demo = Demo.start(ANY_PORT, ANY_PORT, 2, false)) {
      converse(demo.address(), "set a 0 0 1\r\n1\r\nget a b\r\ndelete a\r\nquit\r\n");
      InetSocketAddress admin = demo.adminAddress();
      if (admin != null) {
        converse(admin, "GET /metrics HTTP/1.0\r\n\r\n");
      }
    }
    return 0;
  }

  /** Sends all of {@code text} and reads until the other side closes. */
  private static void converse(InetSocketAddress address, String text) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }
}
