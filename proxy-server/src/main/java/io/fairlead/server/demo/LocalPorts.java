package io.fairlead.server.demo;

import io.fairlead.server.command.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Which ports of this machine nobody listens on. */
final class LocalPorts {
  private static final int LAST_PORT = 65535;

  private LocalPorts() {}

  /**
   * Refuses a port that is taken, and names a command that works.
   *
   * <p>Asked before the proxy starts, because with SO_REUSEPORT two proxies could share a port and
   * each get half of the clients.
   */
  static void requireFree(int port) throws UserError {
    if (isFree(port)) {
      return;
    }
    String fix =
        IntStream.rangeClosed(port + 1, LAST_PORT)
            .filter(LocalPorts::isFree)
            .mapToObj(free -> "Port " + free + " is free: " + command() + " demo --port " + free)
            .findFirst()
            .orElse("Choose another with --port.");
    throw new UserError("port " + port + " is in use by another program. " + fix);
  }

  static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** How this process was started; the launcher tells. */
  private static String command() {
    String command = System.getProperty("fairlead.command", "java -jar fairlead.jar");
    return command.matches("java -jar .*|\\S+") ? command : "'" + command + "'";
  }
}
