package io.fairlead.faults;

/** What a scripted server answers when it behaves: every key exists, and its value names it. */
final class Answers {
  private Answers() {}

  static String valueOf(String key) {
    return "value-of-" + key;
  }

  /** The part of a reply for one key that was found. */
  static String found(String key) {
    String value = valueOf(key);
    return "VALUE " + key + " 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  /** The whole reply to a get of one key. */
  static String get(String key) {
    return found(key) + "END\r\n";
  }

  static String of(String line) {
    String[] words = line.split(" ", -1);
    return switch (words[0]) {
      case "get" -> found(words) + "END\r\n";
      case "set", "add", "replace", "append", "prepend", "cas" -> "STORED\r\n";
      case "delete" -> "DELETED\r\n";
      case "touch" -> "TOUCHED\r\n";
      case "incr", "decr" -> "1\r\n";
      case "mg" -> "VA " + valueOf(words[1]).length() + "\r\n" + valueOf(words[1]) + "\r\n";
      case "ms", "md", "ma" -> "HD\r\n";
      case "version" -> "VERSION 1.6.18\r\n";
      default -> "ERROR\r\n";
    };
  }

  private static String found(String[] words) {
    StringBuilder reply = new StringBuilder();
    for (int i = 1; i < words.length; i++) {
      reply.append(found(words[i]));
    }
    return reply.toString();
  }
}
