package io.fairlead.route.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests of clients; {@code /} stands for the end of a line. */
final class Requests {
  private static final List<String> ALL =
      List.of(
          "get %s",
          "get %s",
          "get %s",
          "gets %s",
          "gat 7 %s",
          "gats 7 %s",
          "mg %s v f k O5",
          "mg %s v O77",
          "mg %s f t",
          "mg %s v s c t k",
          "mg %s",
          "mg %s v T60 O1",
          "set %s 3 0 5/value/",
          "add %s 3 9 5/value/",
          "append %s 0 0 1/x/",
          "cas %s 0 0 1 7/x/",
          "ms %s 5 F3 O9 k/value/",
          "ms %s 1 MA O2/x/",
          "ms %s 1 ME/x/",
          "delete %s",
          "delete %s",
          "md %s O12 k",
          "incr %s 1",
          "touch %s 9");

  private Requests() {}

  static String any(Random random) {
    String key = "k" + random.nextInt(100_000) + ";";
    return ALL.get(random.nextInt(ALL.size())).formatted(key);
  }

  private static String[] words(String request) {
    return request.split("[ /]", -1);
  }

  static String key(String request) {
    return words(request)[request.startsWith("gat") ? 2 : 1];
  }

  static boolean isRetrieval(String request) {
    return request.startsWith("g");
  }

  static boolean returnsCas(String request) {
    return request.startsWith("gets") || request.startsWith("gats");
  }

  /** Whether a classic reply may begin with that word. */
  static boolean mayBeAnswered(String request, String word) {
    return switch (words(request)[0]) {
      case "set", "add", "append", "cas" ->
          List.of("STORED", "NOT_STORED", "EXISTS", "NOT_FOUND").contains(word);
      case "delete" -> List.of("DELETED", "NOT_FOUND").contains(word);
      case "incr" -> List.of("42", "NOT_FOUND").contains(word);
      case "touch" -> List.of("TOUCHED", "NOT_FOUND").contains(word);
      default -> false;
    };
  }

  /** The flags of a meta request that its reply has, too. */
  static List<String> answeredFlags(String request) {
    String line = request.split("/", -1)[0];
    String[] words = line.split(" ", -1);
    int from = line.startsWith("ms") ? 3 : 2;
    return Arrays.stream(words, from, words.length)
        .filter(flag -> "kOcftsb".indexOf(flag.charAt(0)) >= 0)
        .toList();
  }
}
