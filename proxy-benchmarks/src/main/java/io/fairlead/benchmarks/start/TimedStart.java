package io.fairlead.benchmarks.start;

import io.fairlead.benchmarks.peers.OwnedProcesses;
import io.fairlead.benchmarks.peers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A proxy that was started, and how long it took.
 *
 * @param acceptingNanos from the start of the launcher until a connection was accepted
 * @param readyNanos until {@code /readyz} passed
 */
record TimedStart(Process process, int port, long acceptingNanos, long readyNanos) {
  private static final int LIMIT_SECONDS = 30;
  private static final long ACCEPTING_MILLIS = 1;

  /** Seldom enough that these requests are not what the proxy warms up for. */
  private static final long READY_MILLIS = 100;

  static TimedStart of(
      Path root, boolean byFile, String warmUp, List<Integer> servers, OwnedProcesses processes)
      throws IOException, InterruptedException {
    int port = Ports.block(2);
    List<String> command = new ArrayList<>(List.of(root.resolve("fairlead").toString(), "serve"));
    if (byFile) {
      Path file = processes.newDirectory("start").resolve("fairlead.yaml");
      Files.writeString(file, configuration(port, servers));
      command.addAll(List.of("--config", file.toString()));
    } else {
      servers.forEach(server -> command.addAll(List.of("--server", "127.0.0.1:" + server)));
      command.addAll(
          List.of("--listen", "127.0.0.1:" + port, "--admin", "127.0.0.1:" + (port + 1)));
    }
    long begin = System.nanoTime();
    Process process = processes.start(command, Map.of("FAIRLEAD_WARM_UP", warmUp));
    while (!accepts(port)) {
      pause(process, begin, ACCEPTING_MILLIS, processes);
    }
    long accepting = System.nanoTime() - begin;
    while (!isReady(port + 1)) {
      pause(process, begin, READY_MILLIS, processes);
    }
    return new TimedStart(process, port, accepting, System.nanoTime() - begin);
  }

  private static String configuration(int port, List<Integer> servers) {
    return """
    listeners: [{ address: "127.0.0.1:%d", pool: main }]
    pools: { main: { servers: [%s] } }
    admin: "127.0.0.1:%d"
    """
        .formatted(
            port,
            servers.stream()
                .map(server -> "\"127.0.0.1:" + server + '"')
                .collect(Collectors.joining(", ")),
            port + 1);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isReady(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] request = "GET /readyz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(status, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause(Process process, long begin, long millis, OwnedProcesses processes)
      throws IOException, InterruptedException {
    boolean isLate = System.nanoTime() - begin > LIMIT_SECONDS * 1_000_000_000L;
    if (isLate || !process.isAlive()) {
      throw new IOException("the proxy did not start: " + processes.logTail());
    }
    Thread.sleep(millis);
  }
}
