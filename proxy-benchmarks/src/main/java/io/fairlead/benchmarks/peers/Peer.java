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

  /** Whether clients speak TLS to it. */
  default boolean speaksTls() {
    return false;
  }

  /**
   * The peer that {@code text} names: {@code nutcracker}, {@code direct} or {@code fairlead}, the
   * latter two also with {@code -tls} behind; else a command, with {@code tls:} before it when
   * clients are to speak TLS to it.
   */
  static Peer of(String text) {
    return switch (text) {
      case "nutcracker" -> new Nutcracker();
      case "direct" -> new Direct();
      case "direct-tls" -> new DirectTls();
      case "fairlead" -> new Fairlead();
      case "fairlead-tls" -> new FairleadTls();
      default -> Command.of(text);
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

  /** The same with TLS. Shows what TLS costs memcached. */
  record DirectTls() implements Peer {
    @Override
    public List<String> command(Site site) throws IOException {
      return Backends.command(site.port(), SelfSigned.in(site.directory()));
    }

    @Override
    public boolean speaksTls() {
      return true;
    }
  }

  /** The proxy of this project, as it is shipped. */
  record Fairlead() implements Peer {
    @Override
    public List<String> command(Site site) throws IOException {
      List<String> arguments = new ArrayList<>();
      for (int port : site.backendPorts()) {
        arguments.addAll(List.of("--server", "127.0.0.1:" + port));
      }
      arguments.addAll(List.of("--listen", "127.0.0.1:" + site.port()));
      return serve(site, arguments);
    }

    /** With an admin port of its own, so that several can run. */
    static List<String> serve(Site site, List<String> arguments) throws IOException {
      Path launcher = site.root().resolve("fairlead");
      if (!Files.isExecutable(launcher)) {
        throw new IOException(launcher + ": missing (expected: the executable launcher)");
      }
      List<String> command = new ArrayList<>(List.of(launcher.toString(), "serve"));
      command.addAll(arguments);
      command.addAll(List.of("--admin", "127.0.0.1:" + (site.port() + 1)));
      return command;
    }
  }

  /** The same with TLS towards its clients, and nothing else that is different. */
  record FairleadTls() implements Peer {
    @Override
    public List<String> command(Site site) throws IOException {
      Path file = site.directory().resolve("fairlead.yaml");
      Files.writeString(file, configuration(site, SelfSigned.in(site.directory())));
      return Fairlead.serve(site, List.of("--config", file.toString(), "--no-reload"));
    }

    private static String configuration(Site site, SelfSigned own) {
      String servers =
          site.backendPorts().stream()
              .map(port -> "127.0.0.1:" + port)
              .collect(Collectors.joining(", "));
      return """
      listeners:
        - address: 127.0.0.1:%d
          pool: main
          tls: { certificate: "%s", key: "%s" }
      pools:
        main: { servers: [%s] }
      """
          .formatted(site.port(), own.certificate(), own.key(), servers);
    }

    @Override
    public boolean speaksTls() {
      return true;
    }
  }

  /**
   * Any other: run as {@code COMMAND PORT BACKENDS MODE}, with the backends' ports separated by
   * commas and the mode {@code sharded} or {@code replicated}. It exits with 3 where it has no such
   * mode.
   */
  record Command(List<String> words, boolean speaksTls) implements Peer {
    private static final String TLS = "tls:";

    static Command of(String text) {
      boolean speaksTls = text.startsWith(TLS);
      String command = speaksTls ? text.substring(TLS.length()) : text;
      return new Command(List.of(command.strip().split(" +", -1)), speaksTls);
    }

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
