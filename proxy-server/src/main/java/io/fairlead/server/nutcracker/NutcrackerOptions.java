package io.fairlead.server.nutcracker;

import ch.qos.logback.classic.Level;
import io.fairlead.config.Address;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.command.FileName;
import io.fairlead.server.command.ListenText;
import io.fairlead.server.log.LogFormat;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of nutcracker, read as nutcracker reads it: letters in one word ({@code -tc
 * FILE}), values with and without a space, shortened words, the last of several values, and words
 * that belong to no option.
 */
final class NutcrackerOptions {
  private static final Path USUAL_FILE = Path.of("conf/nutcracker.yml");
  private static final int MOST_PORT = 65535;
  private static final int LEAST_MBUF = 512;
  private static final int MOST_MBUF = 16 << 20;

  /** Its levels from 0 on: emergency, alert, critical, error, warning, notice, info, debug. */
  private static final List<Level> LEVELS =
      List.of(
          Level.ERROR,
          Level.ERROR,
          Level.ERROR,
          Level.ERROR,
          Level.WARN,
          Level.INFO,
          Level.INFO,
          Level.DEBUG);

  private final Map<NutcrackerFlag, String> given = new EnumMap<>(NutcrackerFlag.class);
  private final List<String> strayWords = new ArrayList<>();

  private NutcrackerOptions() {}

  static NutcrackerOptions parse(List<String> arguments) throws NutcrackerMistake {
    NutcrackerOptions options = new NutcrackerOptions();
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String next = rest.removeFirst();
      if (next.startsWith("--")) {
        options.word(next.substring(2), rest);
      } else if (next.startsWith("-") && next.length() > 1) {
        options.letters(next.substring(1), rest);
      } else {
        options.strayWords.add(next);
      }
    }
    return options;
  }

  private void word(String text, Deque<String> rest) throws NutcrackerMistake {
    int equals = text.indexOf('=');
    String word = equals < 0 ? text : text.substring(0, equals);
    NutcrackerFlag flag = NutcrackerFlag.of(word);
    if (!flag.takesArgument()) {
      if (equals >= 0) {
        throw new NutcrackerMistake("invalid option -- '" + text + "'");
      }
      set(flag, "");
    } else {
      set(flag, equals < 0 ? argument(flag, rest) : text.substring(equals + 1));
    }
  }

  private void letters(String text, Deque<String> rest) throws NutcrackerMistake {
    for (int i = 0; i < text.length(); i++) {
      NutcrackerFlag flag = NutcrackerFlag.of(text.charAt(i));
      if (flag.takesArgument()) {
        String joined = text.substring(i + 1);
        set(flag, joined.isEmpty() ? argument(flag, rest) : joined);
        return;
      }
      set(flag, "");
    }
  }

  private static String argument(NutcrackerFlag flag, Deque<String> rest) throws NutcrackerMistake {
    String value = rest.pollFirst();
    if (value == null) {
      throw flag.requiresArgument();
    }
    return value;
  }

  /** Takes a value at once, so that of several mistakes the first is reported. */
  private void set(NutcrackerFlag flag, String value) throws NutcrackerMistake {
    switch (flag) {
      case STATS_PORT -> requirePort(flag, value);
      case MBUF_SIZE -> requireMbufSize(value);
      case VERBOSE, STATS_INTERVAL -> number(flag, value);
      case OUTPUT, CONF_FILE, PID_FILE -> requireFileName(flag, value);
      case LOG_FORMAT -> logFormat(value);
      default -> {}
    }
    given.put(flag, value);
  }

  private static void requireFileName(NutcrackerFlag flag, String value) throws NutcrackerMistake {
    if (FileName.parse(value) == null) {
      throw new NutcrackerMistake("option " + flag.letter() + ": " + FileName.UNKNOWN_CHARACTERS);
    }
  }

  private static int number(NutcrackerFlag flag, String value) throws NutcrackerMistake {
    if (!value.matches("[0-9]+")) {
      throw flag.requiresArgument();
    }
    return value.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(value);
  }

  private static void requirePort(NutcrackerFlag flag, String value) throws NutcrackerMistake {
    int port = number(flag, value);
    if (port < 1 || port > MOST_PORT) {
      throw new NutcrackerMistake("option -s value " + value + " is not a valid port");
    }
  }

  private static void requireMbufSize(String value) throws NutcrackerMistake {
    if (!value.matches("[0-9]*[1-9][0-9]*")) {
      throw new NutcrackerMistake("option -m requires a non-zero number");
    }
    int size = number(NutcrackerFlag.MBUF_SIZE, value);
    if (size < LEAST_MBUF || size > MOST_MBUF) {
      throw new NutcrackerMistake(
          "mbuf chunk size must be between " + LEAST_MBUF + " and " + MOST_MBUF + " bytes");
    }
  }

  boolean has(NutcrackerFlag flag) {
    return given.containsKey(flag);
  }

  Path configFile() {
    return file(NutcrackerFlag.CONF_FILE, USUAL_FILE);
  }

  @Nullable Path pidFile() {
    return has(NutcrackerFlag.PID_FILE) ? file(NutcrackerFlag.PID_FILE, USUAL_FILE) : null;
  }

  @Nullable Path logFile() {
    return has(NutcrackerFlag.OUTPUT) ? file(NutcrackerFlag.OUTPUT, USUAL_FILE) : null;
  }

  private Path file(NutcrackerFlag flag, Path usual) {
    String name = given.get(flag);
    return name == null ? usual : Path.of(name);
  }

  Address.Tcp statsAddress() {
    String port = given.get(NutcrackerFlag.STATS_PORT);
    return new Address.Tcp(
        given.getOrDefault(NutcrackerFlag.STATS_ADDR, ListenText.EVERY_INTERFACE),
        port == null ? ProxySettings.TWEMPROXY_STATS_PORT : Integer.parseInt(port));
  }

  /** The level of the log; null to leave it as it is. */
  @Nullable Level logLevel() throws NutcrackerMistake {
    String value = given.get(NutcrackerFlag.VERBOSE);
    if (value == null) {
      return null;
    }
    int level = number(NutcrackerFlag.VERBOSE, value);
    return level < LEVELS.size() ? LEVELS.get(level) : Level.TRACE;
  }

  /** The form of the log; null to leave it as it is. */
  @Nullable LogFormat logFormat() throws NutcrackerMistake {
    String value = given.get(NutcrackerFlag.LOG_FORMAT);
    return value == null ? null : logFormat(value);
  }

  private static LogFormat logFormat(String value) throws NutcrackerMistake {
    return switch (value) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw NutcrackerFlag.LOG_FORMAT.requiresArgument();
    };
  }

  /** Words that belong to no option. */
  List<String> strayWords() {
    return strayWords;
  }
}
