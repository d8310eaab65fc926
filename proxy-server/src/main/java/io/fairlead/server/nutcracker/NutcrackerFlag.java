package io.fairlead.server.nutcracker;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The options of nutcracker, and what follows each. */
enum NutcrackerFlag {
  HELP('h', "help", null),
  VERSION('V', "version", null),
  TEST_CONF('t', "test-conf", null),
  DAEMONIZE('d', "daemonize", null),
  DESCRIBE_STATS('D', "describe-stats", null),
  VERBOSE('v', "verbose", "a number"),
  OUTPUT('o', "output", "a file name"),
  CONF_FILE('c', "conf-file", "a file name"),
  STATS_PORT('s', "stats-port", "a number"),
  STATS_ADDR('a', "stats-addr", "a string"),
  STATS_INTERVAL('i', "stats-interval", "a number"),
  PID_FILE('p', "pid-file", "a file name"),
  MBUF_SIZE('m', "mbuf-size", "a number"),

  /** Not nutcracker's, which never reads its file again; it has no letter. */
  NO_RELOAD('\0', "no-reload", null),

  /** Nor this one. */
  LOG_FORMAT('\0', "log-format", "text or json");

  private final char letter;
  private final String word;
  private final @Nullable String argument;

  NutcrackerFlag(char letter, String word, @Nullable String argument) {
    this.letter = letter;
    this.word = word;
    this.argument = argument;
  }

  static NutcrackerFlag of(char letter) throws NutcrackerMistake {
    return Stream.of(values())
        .filter(flag -> flag.letter == letter)
        .findFirst()
        .orElseThrow(() -> new NutcrackerMistake("invalid option -- '" + letter + "'"));
  }

  /** The flag of a word, of which so much is enough as no other flag begins with. */
  static NutcrackerFlag of(String word) throws NutcrackerMistake {
    for (NutcrackerFlag flag : values()) {
      if (flag.word.equals(word)) {
        return flag;
      }
    }
    List<NutcrackerFlag> near =
        Stream.of(values()).filter(flag -> flag.word.startsWith(word)).toList();
    if (near.size() != 1) {
      throw new NutcrackerMistake("invalid option -- '" + word + "'");
    }
    return near.get(0);
  }

  /** As it is written: with its letter, or its word where it has none. */
  String letter() {
    return letter == '\0' ? "--" + word : "-" + letter;
  }

  boolean takesArgument() {
    return argument != null;
  }

  /** What is said when its argument is missing, or is none of its kind. */
  NutcrackerMistake requiresArgument() {
    return new NutcrackerMistake("option " + letter() + " requires " + argument);
  }
}
