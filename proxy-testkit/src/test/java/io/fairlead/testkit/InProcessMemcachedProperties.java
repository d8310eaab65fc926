package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Sends the same random commands to the in-process memcached and to the real one.
 *
 * <p>Times to live are long or negative, and not compared, so that the second in which a command
 * runs does not matter. {@code la} and {@code l} are left out for the same reason, {@code
 * flush_all} because it hides what is stored in the same second. The maintenance thread of the real
 * one is off: while it holds an item, {@code incr} replaces it instead of padding the number, which
 * is a matter of luck.
 */
class InProcessMemcachedProperties {
  private static final int ROUNDS = 150;
  private static final int COMMANDS_PER_ROUND = 40;
  private static final long SEED = Long.getLong("fairlead.seed", 20261120);
  private static final List<String> KEYS = List.of("a", "b", "n", "foo", "Zm9v", "bg==", "YQ==");
  private static final List<String> NUMBERS =
      List.of("0", "1", "5", "100", "99999", "-1", "+3", "abc", "1x", "18446744073709551615", "");
  private static final List<String> VALUES =
      List.of("", "1", "10", "99", "abc", "7 x", "000", "x y");
  private static final List<String> MODES =
      List.of("", "E", "A", "P", "R", "S", "I", "D", "+", "-", "x", "AA");
  private static final String FLAGS = "bcfhkqstuvxCDEFIJMNOPRTLZ!";

  private static final String LOOK =
      KEYS.stream().map(key -> "mg " + key + " u v c f t h k q\r\n").collect(Collectors.joining());

  private static final Pattern TTL = Pattern.compile(" t\\d+");

  private final Random random = new Random(SEED);

  @Test
  void answersRandomCommandsLikeMemcached() {
    try (MemcachedProcess real = MemcachedProcess.start("-o", "no_lru_maintainer");
        InProcessMemcached model = InProcessMemcached.start();
        RawClient realClient = RawClient.connect(real.port());
        RawClient modelClient = RawClient.connect(model.port())) {
      for (int round = 0; round < ROUNDS; round++) {
        StringBuilder history = new StringBuilder();
        for (int i = 0; i < COMMANDS_PER_ROUND; i++) {
          String command = command();
          history.append(Escapes.encode(command)).append('\n');
          assertThat(Escapes.encode(answer(modelClient, command)))
              .as("seed %d, round %d:%n%s", SEED, round, history)
              .isEqualTo(Escapes.encode(answer(realClient, command)));
        }
      }
    }
  }

  /** Every command is followed by a look at all keys and a command whose reply marks the end. */
  private static String answer(RawClient client, String command) {
    String reply = client.send(command).send(LOOK).send("mn\r\n").readThrough("MN\r\n");
    return TTL.matcher(reply).replaceAll(" t#");
  }

  private String command() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> pick(List.of("get ", "gets ")) + key() + " " + key() + "\r\n";
      case 2 -> pick(List.of("gat ", "gats ")) + ttl() + " " + key() + "\r\n";
      case 3, 4 -> storage(pick(List.of("set", "add", "replace", "append", "prepend")), "");
      case 5 -> storage("cas", " " + number());
      case 6 -> pick(List.of("incr ", "decr ")) + key() + " " + number() + noreply() + "\r\n";
      case 7 -> pick(List.of("delete ", "touch ")) + key() + " " + ttl() + noreply() + "\r\n";
      case 8 -> "mg " + key() + flags() + "\r\n";
      case 9 -> metaSet();
      case 10 -> "md " + key() + flags() + "\r\n";
      default -> "ma " + key() + flags() + "\r\n";
    };
  }

  private String storage(String name, String cas) {
    String value = pick(VALUES);
    String flags = random.nextInt(4) == 0 ? number() : "0";
    String line = name + " " + key() + " " + flags + " " + ttl() + " " + value.length();
    return line + cas + noreply() + "\r\n" + value + "\r\n";
  }

  private String metaSet() {
    String value = pick(VALUES);
    return "ms " + key() + " " + value.length() + flags() + "\r\n" + value + "\r\n";
  }

  private String flags() {
    StringBuilder flags = new StringBuilder();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      char letter = FLAGS.charAt(random.nextInt(FLAGS.length()));
      if (letter == 'q' || flags.indexOf(" " + letter) < 0 || random.nextInt(20) == 0) {
        flags.append(' ').append(letter).append(argument(letter));
      }
    }
    return flags.toString();
  }

  private String argument(char letter) {
    return switch (letter) {
      case 'C', 'D', 'J', 'F' -> number();
      case 'N', 'R', 'T' -> ttl();
      case 'M' -> pick(MODES);
      case 'O' -> pick(List.of("", "x", "opaque", "o".repeat(31), "o".repeat(32)));
      default -> random.nextInt(10) == 0 ? "junk" : "";
    };
  }

  private String ttl() {
    return pick(List.of("0", "0", "0", "9000", "8000", "-1", "abc", "2592001"));
  }

  private String noreply() {
    return random.nextInt(5) == 0 ? " noreply" : "";
  }

  private String number() {
    return random.nextInt(3) == 0 ? String.valueOf(random.nextInt(200)) : pick(NUMBERS);
  }

  private String key() {
    return pick(KEYS);
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
