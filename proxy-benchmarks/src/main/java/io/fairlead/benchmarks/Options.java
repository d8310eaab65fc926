package io.fairlead.benchmarks;

import io.fairlead.benchmarks.load.Scenario;
import io.fairlead.benchmarks.peers.Peer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of the comparison, with their defaults. */
final class Options {
  static final String USAGE =
      """
      compare [option ...]: what memcached proxies cost, side by side on this machine

        --scenarios ABCDEFG    which shapes of load (README.md lists A to L)
        --peers nutcracker,fairlead,direct
                               who takes part; also fairlead-tls, direct-tls,
                               NAME=COMMAND, run as
                               COMMAND PORT BACKEND_PORTS sharded|replicated,
                               NAME=tls:COMMAND, where clients speak TLS to it,
                               and NAME=nutcracker, a second one as a null test.
                               Ratios are to nutcracker, or else to the first peer
        --servers 3            memcached servers behind every proxy
        --rounds 8             slices of every peer in each loop
        --slice 1s             the measured part of a slice
        --settle 300ms         the part before it that is not measured
        --warmup 2s            load on every peer before its first slice of a loop
        --first-warmup 20s     the same for a JVM, in its first scenario
        --sessions 1           how often all of it is done with newly started peers
        --rate A=20000,C=5000  requests/s of the open loop, or one number for all; 0: no open loop
        --markdown             tables in Markdown
        --json FILE            every slice
        --chart FILE           what the subject costs beside the reference, as SVG
        --check FILE           exit with 3 when a median ratio misses a bar of that file
        --subject PEER         the peer that --check judges and --chart draws:
                               fairlead, or the one after it when ratios are to fairlead

      Exit status: 0 fine, 1 wrong replies, 2 wrong usage, 3 a bar missed, 4 it could not run.
      """;

  private static final String FAIRLEAD = "fairlead";
  private static final String KNOWN_PEERS =
      "nutcracker, fairlead, fairlead-tls, direct, direct-tls";

  Set<Scenario> scenarios = scenarios("ABCDEFG");
  Map<String, Peer> peers = peers("nutcracker,fairlead,direct");
  int servers = 3;
  int rounds = 8;
  int sessions = 1;
  double sliceSeconds = 1;
  double settleSeconds = 0.3;
  double warmupSeconds = 2;
  double firstWarmupSeconds = 20;
  boolean isMarkdown;
  @Nullable Path json;
  @Nullable Path chart;
  @Nullable Path check;
  Path root = Path.of("").toAbsolutePath();

  private @Nullable String subject;
  private final Map<Scenario, Double> rates = new EnumMap<>(Scenario.class);

  /** Reads the command line; an IllegalArgumentException says what is wrong with it. */
  static Options of(String... arguments) {
    Options options = new Options();
    Deque<String> words = new ArrayDeque<>(List.of(arguments));
    while (!words.isEmpty()) {
      String option = words.removeFirst();
      if (option.equals("--markdown")) {
        options.isMarkdown = true;
        continue;
      }
      String value = words.pollFirst();
      if (value == null) {
        throw new IllegalArgumentException(option + ": unknown, or without its value");
      }
      try {
        options.set(option, value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(option + ": " + value + " (expected: a number)", e);
      }
    }
    return options;
  }

  /** Requests per second of the open loop of a scenario, 0 for no open loop. */
  double openRate(Scenario scenario) {
    return rates.getOrDefault(scenario, (double) scenario.openRate());
  }

  /** The peer that ratios refer to. */
  String reference() {
    return peers.containsKey("nutcracker") ? "nutcracker" : peers.keySet().iterator().next();
  }

  /** The peer that is held to the bars. */
  String subject() {
    if (subject != null) {
      return subject;
    }
    return reference().equals(FAIRLEAD)
        ? peers.keySet().stream()
            .filter(name -> !name.equals(FAIRLEAD))
            .findFirst()
            .orElse(FAIRLEAD)
        : FAIRLEAD;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--scenarios" -> scenarios = scenarios(value);
      case "--peers" -> peers = peers(value);
      case "--servers" -> servers = atLeastOne(option, value);
      case "--rounds" -> rounds = Integer.parseInt(value);
      case "--sessions" -> sessions = Integer.parseInt(value);
      case "--slice" -> sliceSeconds = seconds(value);
      case "--settle" -> settleSeconds = seconds(value);
      case "--warmup" -> warmupSeconds = seconds(value);
      case "--first-warmup" -> firstWarmupSeconds = seconds(value);
      case "--rate" -> setRates(value);
      case "--json" -> json = Path.of(value);
      case "--chart" -> chart = Path.of(value);
      case "--check" -> check = Path.of(value);
      case "--subject" -> subject = value;
      case "--root" -> root = Path.of(value).toAbsolutePath();
      default -> throw new IllegalArgumentException(option + ": unknown option");
    }
  }

  private static int atLeastOne(String option, String value) {
    int number = Integer.parseInt(value);
    if (number < 1) {
      throw new IllegalArgumentException(option + ": " + value + " (expected: 1 or more)");
    }
    return number;
  }

  private void setRates(String text) {
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      double rate = Double.parseDouble(part.substring(equals + 1));
      Set<Scenario> those =
          equals < 0 ? EnumSet.allOf(Scenario.class) : scenarios(part.substring(0, equals));
      those.forEach(scenario -> rates.put(scenario, rate));
    }
  }

  private static Set<Scenario> scenarios(String letters) {
    Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (letter < 'A' || letter > 'L') {
        throw new IllegalArgumentException("--scenarios: " + letter + " (expected: A to L)");
      }
      scenarios.add(Scenario.valueOf(String.valueOf(letter)));
    }
    return scenarios;
  }

  private static Map<String, Peer> peers(String text) {
    Map<String, Peer> peers = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      Peer peer = Peer.of(part.substring(equals + 1));
      if (!name.matches("[A-Za-z0-9_.-]+") || (equals < 0 && peer instanceof Peer.Command)) {
        throw new IllegalArgumentException(
            "--peers: " + part + " (expected: " + KNOWN_PEERS + " or NAME=COMMAND)");
      }
      peers.put(name, peer);
    }
    return peers;
  }

  /** A duration such as {@code 1s}, {@code 500ms} or {@code 1.5}. */
  private static double seconds(String text) {
    if (text.endsWith("ms")) {
      return Double.parseDouble(text.substring(0, text.length() - 2)) / 1000;
    }
    return Double.parseDouble(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
  }
}
