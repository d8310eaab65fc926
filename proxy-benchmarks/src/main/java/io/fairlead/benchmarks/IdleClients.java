package io.fairlead.benchmarks;

import io.fairlead.benchmarks.peers.Backends;
import io.fairlead.benchmarks.peers.OwnedProcesses;
import io.fairlead.benchmarks.peers.Peer;
import io.fairlead.benchmarks.peers.RunningPeer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Opens client connections that do nothing, and tells what each costs the proxy: when it has just
 * been opened, and when it has asked for something once. Run it through the script {@code idle}.
 */
public final class IdleClients {
  private static final int CLIENTS = 10_000;
  private static final int CLIENTS_TO_WARM_UP = 500;
  private static final int MOST_CLASSES = 25;
  private static final ByteBuffer ASK = ascii("get nothing\r\n");
  private static final ByteBuffer ANSWER = ascii("END\r\n");

  private IdleClients() {}

  /** Takes the folder of the sources, and how many clients there are to be. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int clients = args.length > 1 ? Integer.parseInt(args[1]) : CLIENTS;
    try (OwnedProcesses processes = OwnedProcesses.inTemporaryDirectory()) {
      Backends backends = Backends.start(processes, 1);
      Optional<RunningPeer> started =
          RunningPeer.start(
              "fairlead", Peer.of("fairlead"), Path.of(args[0]), backends, false, processes);
      measure(started.orElseThrow(), clients);
    }
  }

  private static void measure(RunningPeer proxy, int clients)
      throws IOException, InterruptedException {
    long pid = proxy.pids().get(proxy.pids().size() - 1);
    int admin = proxy.port() + 1;
    closeAll(askAll(open(proxy.port(), CLIENTS_TO_WARM_UP)));
    Footprint none = Footprint.settled(pid, admin);
    List<SocketChannel> open = open(proxy.port(), clients);
    Footprint silent = Footprint.settled(pid, admin);
    askAll(open);
    Footprint asked = Footprint.settled(pid, admin);
    System.out.printf(
        Locale.ROOT, "%,d clients; bytes for each       heap     direct   resident%n", clients);
    print("that have just connected", silent.since(none), clients);
    print("that have asked once", asked.since(none), clients);
    System.out.println("\nobjects and bytes of each that has asked once, by class");
    printClasses(asked.since(none), clients);
    closeAll(open);
  }

  private static void print(String who, Footprint cost, int clients) {
    System.out.printf(
        Locale.ROOT,
        "%-30s %,10d %,10d %,10d%n",
        who,
        cost.heap() / clients,
        cost.direct() / clients,
        cost.resident() / clients);
  }

  private static void printClasses(Footprint cost, int clients) {
    cost.classes().entrySet().stream()
        .sorted(Comparator.comparingLong(each -> -each.getValue().bytes()))
        .limit(MOST_CLASSES)
        .forEach(each -> print(each, clients));
  }

  private static void print(Map.Entry<String, Footprint.Objects> of, int clients) {
    System.out.printf(
        Locale.ROOT,
        "%8.2f %8.1f  %s%n",
        of.getValue().count() / (double) clients,
        of.getValue().bytes() / (double) clients,
        of.getKey());
  }

  private static List<SocketChannel> open(int port, int clients) throws IOException {
    List<SocketChannel> open = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      open.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }
    return open;
  }

  private static List<SocketChannel> askAll(List<SocketChannel> clients) throws IOException {
    for (SocketChannel client : clients) {
      client.write(ASK.duplicate());
      ByteBuffer answer = ByteBuffer.allocate(ANSWER.remaining());
      while (answer.hasRemaining()) {
        if (client.read(answer) < 0) {
          throw new EOFException("a client was closed");
        }
      }
      if (!answer.flip().equals(ANSWER)) {
        throw new IOException("answered " + StandardCharsets.US_ASCII.decode(answer));
      }
    }
    return clients;
  }

  private static void closeAll(List<SocketChannel> clients) throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
  }
}
