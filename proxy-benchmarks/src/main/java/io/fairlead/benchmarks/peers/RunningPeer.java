package io.fairlead.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A peer that answers requests, as the processes it consists of. */
public record RunningPeer(
    String name, int port, boolean speaksTls, Process process, List<Long> pids) {
  private static final int PORTS_OF_A_PEER = 10;

  /** Starts a peer before the backends; empty when it has no such mode. */
  public static Optional<RunningPeer> start(
      String name,
      Peer peer,
      Path root,
      Backends backends,
      boolean isReplicated,
      OwnedProcesses processes)
      throws IOException, InterruptedException {
    if (isReplicated && !peer.canReplicate()) {
      return Optional.empty();
    }
    Path directory = processes.newDirectory(name);
    int port = Ports.block(PORTS_OF_A_PEER);
    Site site = new Site(root, directory, port, backends.ports(), isReplicated);
    Process process = processes.start(peer.command(site), peer.environment(site));
    try {
      if (!Readiness.await(process, port, peer.speaksTls())) {
        processes.end(process);
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage() + "\n" + processes.logTail(), e);
    }
    List<Long> pids = OwnedProcesses.family(process);
    return Optional.of(new RunningPeer(name, port, peer.speaksTls(), process, pids));
  }

  /** Whether it is a JVM, which needs a longer first warm-up. */
  public boolean isJvm() {
    for (long pid : pids) {
      try {
        if (Files.readString(Path.of("/proc", Long.toString(pid), "comm")).startsWith("java")) {
          return true;
        }
      } catch (IOException ended) {
        // That process has ended: a launcher that is done.
      }
    }
    return false;
  }
}
