package io.fairlead.benchmarks.start;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The options of the measurement of starts, with their defaults. */
final class StartOptions {
  static final String USAGE =
      """
      start [option ...]: how long the proxy takes to start, and how fast it is then

        --starts 10            how often it is started in each way
        --by servers,file      options of the command line, or a file
        --warm-up 2s,false     FAIRLEAD_WARM_UP of the proxy
        --load 0               seconds of load from when it is ready, and again later
        --pause 20             seconds of load in between, which are not measured
        --rate 5000            requests per second of that load

      The Java is that of JAVA_HOME, as for the launcher.
      """;

  int starts = 10;
  List<String> by = List.of("servers", "file");
  List<String> warmUps = List.of("2s", "false");
  double loadSeconds;
  double pauseSeconds = 20;
  double rate = 5000;
  Path root = Path.of("").toAbsolutePath();

  /** Reads the command line; an IllegalArgumentException says what is wrong with it. */
  static StartOptions of(String... arguments) {
    StartOptions options = new StartOptions();
    Deque<String> words = new ArrayDeque<>(List.of(arguments));
    while (!words.isEmpty()) {
      String option = words.removeFirst();
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

  private void set(String option, String value) {
    switch (option) {
      case "--starts" -> starts = Integer.parseInt(value);
      case "--by" -> by = ways(value);
      case "--warm-up" -> warmUps = List.of(value.split(",", -1));
      case "--load" -> loadSeconds = Double.parseDouble(value);
      case "--pause" -> pauseSeconds = Double.parseDouble(value);
      case "--rate" -> rate = Double.parseDouble(value);
      case "--root" -> root = Path.of(value).toAbsolutePath();
      default -> throw new IllegalArgumentException(option + ": unknown option");
    }
  }

  private static List<String> ways(String value) {
    List<String> ways = List.of(value.split(",", -1));
    if (!List.of("servers", "file").containsAll(ways)) {
      throw new IllegalArgumentException("--by: " + value + " (expected: servers, file or both)");
    }
    return ways;
  }
}
