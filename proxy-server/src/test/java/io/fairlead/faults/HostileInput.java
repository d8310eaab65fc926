package io.fairlead.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A request as a random client sends it: one in four is as it should be. */
record HostileInput(String bytes, boolean isTame) {
  private static final Set<String> STORES =
      Set.of("set", "add", "replace", "append", "prepend", "cas");
  private static final Set<String> RETRIEVALS = Set.of("get", "gets", "gat", "gats");
  private static final List<String> VERBS =
      List.of(
          "get", "gets", "gat", "gats", "set", "add", "replace", "append", "prepend", "cas", "incr",
          "decr", "touch", "delete", "mg", "ms", "md", "ma", "me");
  private static final List<String> NUMBERS =
      List.of("0", "1", "60", "007", "+5", "-1", "4294967295", "1.5", "x", "99999999999", "", "-");
  private static final List<String> EVIL =
      List.of(
          "\r\nset evil 0 0 1\r\nx\r\n",
          "\nget evil\n",
          "\r\nflush_all",
          "\0",
          "\r",
          "\t",
          "\u007f",
          "\u0001",
          "\u00e9",
          "\u0080",
          " noreply",
          " ",
          "  ",
          "\u000b",
          "\r\r\n");

  static HostileInput next(Random random) {
    String verb = VERBS.get(random.nextInt(VERBS.size()));
    boolean tame = random.nextInt(4) == 0;
    int length = random.nextInt(12);
    String body = tame ? "x".repeat(length) : bytes(random, length);
    List<String> words = new ArrayList<>(List.of(verb));
    if (verb.startsWith("gat")) {
      words.add(number(random, tame));
    }
    int keys = RETRIEVALS.contains(verb) ? 1 + random.nextInt(4) : 1;
    for (int i = 0; i < keys; i++) {
      words.add(key(random, tame));
    }
    fields(verb, words, length, random, tame);
    String line = String.join(" ", words);
    boolean stores = STORES.contains(verb) || verb.equals("ms");
    if (tame) {
      return new HostileInput(line + "\r\n" + (stores ? body + "\r\n" : ""), true);
    }
    int at = random.nextInt(line.length() + 1);
    if (random.nextInt(3) > 0) {
      line = line.substring(0, at) + EVIL.get(random.nextInt(EVIL.size())) + line.substring(at);
    }
    String end = random.nextInt(8) == 0 ? "XX" : "\r\n";
    return new HostileInput(line + "\r\n" + (stores ? body + end : ""), false);
  }

  private static void fields(
      String verb, List<String> words, int length, Random random, boolean tame) {
    if (STORES.contains(verb)) {
      words.add(tame ? "7" : number(random, false));
      words.add(number(random, tame));
      words.add(tame || random.nextInt(4) > 0 ? Integer.toString(length) : number(random, false));
      if (verb.equals("cas")) {
        words.add(tame ? "123456789012345" : number(random, false));
      }
    } else if (verb.equals("ms")) {
      words.add(Integer.toString(length));
      words.add("T60");
    } else if (verb.equals("incr") || verb.equals("decr")) {
      words.add(tame ? "18446744073709551615" : number(random, false));
    } else if (verb.equals("touch")) {
      words.add(number(random, tame));
    } else if (verb.startsWith("m")) {
      words.add(random.nextBoolean() ? "v" : "q");
      words.add("Oabc");
    }
    if (random.nextInt(5) == 0 && !verb.startsWith("m") && !RETRIEVALS.contains(verb)) {
      words.add("noreply");
    }
  }

  private static String number(Random random, boolean tame) {
    return tame ? "60" : NUMBERS.get(random.nextInt(NUMBERS.size()));
  }

  private static String key(Random random, boolean tame) {
    int length = 1 + random.nextInt(tame ? 250 : 260);
    if (random.nextInt(10) > 0) {
      length = 1 + length % 8;
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < length; i++) {
      key.append((char) ('!' + random.nextInt('~' - '!')));
    }
    if (!tame && random.nextInt(6) == 0) {
      key.setCharAt(random.nextInt(length), (char) random.nextInt(256));
    }
    return key.toString();
  }

  private static String bytes(Random random, int length) {
    StringBuilder bytes = new StringBuilder();
    while (bytes.length() < length) {
      bytes.append(EVIL.get(random.nextInt(EVIL.size()))).append((char) random.nextInt(256));
    }
    return bytes.substring(0, length);
  }
}
