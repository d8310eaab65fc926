package io.fairlead.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The memcached servers behind all proxies, one thread each. */
public final class Backends {
  private final List<Integer> ports;
  private final List<Long> pids;

  private Backends(List<Integer> ports, List<Long> pids) {
    this.ports = List.copyOf(ports);
    this.pids = List.copyOf(pids);
  }

  /** Starts {@code count} servers and returns when all of them answer. */
  public static Backends start(OwnedProcesses processes, int count)
      throws IOException, InterruptedException {
    int first = Ports.block(count);
    List<Integer> ports = new ArrayList<>();
    List<Long> pids = new ArrayList<>();
    for (int port = first; port < first + count; port++) {
      Process memcached = processes.start(command(port), Map.of());
      if (!Readiness.await(memcached, port, false)) {
        throw new IOException("memcached did not start: " + processes.logTail());
      }
      ports.add(port);
      pids.add(memcached.pid());
    }
    return new Backends(ports, pids);
  }

  public List<Integer> ports() {
    return ports;
  }

  public List<Long> pids() {
    return pids;
  }

  /**
   * memcached without UDP, with one thread. {@code -R} lets it answer a long pipeline in one go,
   * which is kind to every proxy alike; {@code -u} is what it asks for when started by root.
   */
  static List<String> command(int port) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Programs.find("memcached"), "-l", "127.0.0.1", "-U", "0"));
    command.addAll(List.of("-p", Integer.toString(port), "-t", "1", "-R", "1000"));
    command.addAll(List.of("-m", "1024", "-I", "2m", "-c", "4096", "-u", "root"));
    return command;
  }

  /** The same with TLS. */
  static List<String> command(int port, SelfSigned own) throws IOException {
    List<String> command = command(port);
    String files = "ssl_chain_cert=" + own.certificate() + ",ssl_key=" + own.key();
    command.addAll(List.of("-Z", "-o", files));
    return command;
  }
}
