package io.fairlead.route.tree;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that say which key they belong to, and what a server says of a request. */
final class Items {
  private static final Pattern BASE = Pattern.compile("k\\d+;");
  private static final String META_FLAGS = "kOcftsb";

  private Items() {}

  /** A value of the key, or of one that was made of it. */
  static String value(String key, Random random) {
    int length = random.nextInt(8) == 0 ? 15_000 + random.nextInt(40_000) : random.nextInt(50);
    return value(key, length);
  }

  static String value(String key, int length) {
    Matcher base = BASE.matcher(key);
    if (!base.find()) {
      throw new IllegalArgumentException(key);
    }
    String part = base.group();
    return part.repeat(length / part.length() + 1).substring(0, length);
  }

  /** A reply to a line other than a retrieval. */
  static String reply(String line, Random random) {
    String[] words = line.split(" ", -1);
    if (random.nextInt(12) == 0) {
      return List.of("SERVER_ERROR out of memory\r\n", "SERVER_ERROR 307 busy\r\n")
          .get(random.nextInt(2));
    }
    boolean good = random.nextInt(5) < 3;
    return switch (words[0]) {
      case "mg" -> good ? metaHit(words, random) : "EN\r\n";
      case "ms" -> (good ? "HD" : "NS") + echoed(words, 3, 0) + "\r\n";
      case "md" -> (good ? "HD" : "NF") + echoed(words, 2, 0) + "\r\n";
      case "set", "add", "replace", "append", "cas" -> good ? "STORED\r\n" : "NOT_STORED\r\n";
      case "delete" -> good ? "DELETED\r\n" : "NOT_FOUND\r\n";
      case "incr" -> good ? "42\r\n" : "NOT_FOUND\r\n";
      case "touch" -> good ? "TOUCHED\r\n" : "NOT_FOUND\r\n";
      default -> throw new IllegalArgumentException(line);
    };
  }

  private static String metaHit(String[] words, Random random) {
    String value = value(words[1], random);
    String flags = echoed(words, 2, value.length());
    boolean wantsValue = List.of(words).contains("v");
    return wantsValue
        ? "VA " + value.length() + flags + "\r\n" + value + "\r\n"
        : "HD" + flags + "\r\n";
  }

  private static String echoed(String[] words, int from, int length) {
    StringBuilder flags = new StringBuilder();
    for (int i = from; i < words.length; i++) {
      char flag = words[i].charAt(0);
      if (META_FLAGS.indexOf(flag) < 0) {
        continue;
      }
      flags.append(' ');
      switch (flag) {
        case 'k' -> flags.append('k').append(words[1]);
        case 'c' -> flags.append("c7");
        case 'f' -> flags.append("f3");
        case 't' -> flags.append("t-1");
        case 's' -> flags.append('s').append(length);
        default -> flags.append(words[i]);
      }
    }
    return flags.toString();
  }
}
