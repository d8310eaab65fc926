package io.fairlead.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Something that answers memcached requests and can be compared: how to start it. */
public sealed interface Peer {
  /** The command that runs the peer in the foreground. */
  List<String> command(Site site) throws IOException;

  /** Variables for its environment. */
  default Map<String, String> environment(Site site) {
    return Map.of();
  }

  /** Whether it can write to all servers. A command decides that itself, when it is started. */
  default boolean canReplicate() {
    return false;
  }

  /**
   * The peer that {@code text} names: {@code nutcracker}, {@code direct} or {@code fairlead}, else
   * a command.
   */
  static Peer of(String text) {
    return switch (text) {
      case "nutcracker" -> new Nutcracker();
      case "direct" -> new Direct();
      case "fairlead" -> new Fairlead();
      default -> new Command(List.of(text.strip().split(" +", -1)));
    };
  }

  /** twemproxy, one process with one thread. */
  record Nutcracker() implements Peer {
    @Override
    public List<String> command(Site site) throws IOException {
      Path file = site.directory().resolve("nutcracker.yml");
      Files.writeString(file, configuration(site));
      return List.of(
          Programs.find("nutcracker"),
          "-c",
          file.toString(),
          "-o",
          site.directory().resolve("nutcracker.log").toString(),
          "-a",
          "127.0.0.1",
          "-s",
          Integer.toString(site.port() + 1));
    }

    private static String configuration(Site site) {
      String servers =
          site.backendPorts().stream()
              .map(port -> "    - 127.0.0.1:" + port + ":1\n")
              .collect(Collectors.joining());
      return """
      pool:
        listen: 127.0.0.1:%d
        hash: fnv1a_64
        distribution: ketama
        server_connections: 1
        auto_eject_hosts: false
        timeout: 5000
        backlog: 1024
        servers:
      %s\
      """
          .formatted(site.port(), servers);
    }
  }

  /** No proxy: one memcached of its own. Shows what the load itself costs. */
  record Direct() implements Peer {
    @Override
    public List<String> command(Site site) throws IOException {
      return Backends.command(site.port());
    }
  }

  /** The proxy of this project, as it is shipped. */
  record Fairlead() implements Peer {
    @Override
    public List<String> command(Site site) throws IOException {
      Path launcher = site.root().resolve("fairlead");
      if (!Files.isExecutable(launcher)) {
        throw new IOException(launcher + ": missing (expected: the executable launcher)");
      }
      List<String> command = new ArrayList<>(List.of(launcher.toString(), "serve"));
      for (int port : site.backendPorts()) {
        command.addAll(List.of("--server", "127.0.0.1:" + port));
      }
      command.addAll(List.of("--listen", "127.0.0.1:" + site.port()));
      return command;
    }
  }

  /**
   * Any other: run as {@code COMMAND PORT BACKENDS MODE}, with the backends' ports separated by
   * commas and the mode {@code sharded} or {@code replicated}. It exits with 3 where it has no such
   * mode.
   */
  record Command(List<String> words) implements Peer {
    @Override
    public List<String> command(Site site) {
      List<String> command = new ArrayList<>(words);
      command.add(Integer.toString(site.port()));
      command.add(
          site.backendPorts().stream().map(String::valueOf).collect(Collectors.joining(",")));
      command.add(site.isReplicated() ? "replicated" : "sharded");
      return command;
    }

    @Override
    public Map<String, String> environment(Site site) {
      return Map.of(
          "PROXY_DIR", site.directory().toString(), "PROXY_TIMEOUT_MS", "5000", "PROXY_EJECT", "0");
    }

    @Override
    public boolean canReplicate() {
      return true;
    }
  }
}
