package io.fairlead.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a generator process is started with.
 *
 * @param openRate requests per second of the open loop
 * @param backends process ids of the memcached servers
 */
public record GeneratorSettings(
    Scenario scenario, double openRate, Map<String, LoadedPeer> peers, List<Long> backends) {

  private static final String TLS = "tls/";

  /**
   * A peer on a loopback port, and the processes it consists of.
   *
   * @param speaksTls whether connections to it are secure
   */
  public record LoadedPeer(int port, boolean speaksTls, List<Long> pids) {
    private String toText() {
      return (speaksTls ? TLS : "") + port + ":" + joined(pids);
    }

    private static LoadedPeer of(String text) {
      boolean speaksTls = text.startsWith(TLS);
      int colon = text.indexOf(':');
      int port = Integer.parseInt(text.substring(speaksTls ? TLS.length() : 0, colon));
      return new LoadedPeer(port, speaksTls, GeneratorSettings.pids(text.substring(colon + 1)));
    }
  }

  /** The arguments of {@link Generator#main} that say the same. */
  public List<String> toArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(scenario.name());
    arguments.add(Double.toString(openRate));
    arguments.add(joined(backends));
    peers.forEach((name, peer) -> arguments.add(name + "=" + peer.toText()));
    return arguments;
  }

  static GeneratorSettings of(String... arguments) {
    Map<String, LoadedPeer> peers = new LinkedHashMap<>();
    for (int i = 3; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      LoadedPeer peer = LoadedPeer.of(arguments[i].substring(equals + 1));
      peers.put(arguments[i].substring(0, equals), peer);
    }
    return new GeneratorSettings(
        Scenario.valueOf(arguments[0]),
        Double.parseDouble(arguments[1]),
        peers,
        pids(arguments[2]));
  }

  private static String joined(List<Long> pids) {
    return pids.isEmpty()
        ? "none"
        : pids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Long> pids(String text) {
    List<Long> pids = new ArrayList<>();
    if (!text.equals("none")) {
      for (String pid : text.split(",", -1)) {
        pids.add(Long.parseLong(pid));
      }
    }
    return pids;
  }
}
