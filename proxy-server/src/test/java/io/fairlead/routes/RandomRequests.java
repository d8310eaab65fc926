package io.fairlead.routes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Random good requests about few keys, classic and meta; values look like anything. */
final class RandomRequests {
  private static final List<String> KEYS =
      List.of("k", "a:1:b", "/x", "/a/k", "/a/b/k", "stop|#|r", "l".repeat(100), "k\u00e9\u00ff");
  private static final List<String> BINARY =
      List.of("\0\r\n k", "b".repeat(80) + " ", "/a/b/\t", "k");
  private static final String[] WORDS = {
    "\r\nEND\r\n", "VALUE k 0 5\r\n", "\r\n", "HD kk\r\n", "7"
  };

  private final Random random;
  private final boolean splits;
  private final boolean deletes;

  /**
   * @param splits whether only requests are wanted that treat a value as a whole
   * @param deletes whether there are deletes
   */
  RandomRequests(Random random, boolean splits, boolean deletes) {
    this.random = random;
    this.splits = splits;
    this.deletes = deletes;
  }

  String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  String next() {
    String key = key();
    String line = " " + random.nextInt(16) + " " + expiry() + " ";
    String value = value();
    String block =
        value.length() + (random.nextInt(8) == 0 ? " noreply" : "") + "\r\n" + value + "\r\n";
    int kind = random.nextInt(splits ? 12 : 19);
    return switch (kind) {
      case 0, 1 -> "set " + key + line + block;
      case 2 -> "add " + key + line + block;
      case 3 -> "get " + key + "\r\n";
      case 4 -> "get " + key() + " " + key() + " nono " + key() + "\r\n";
      case 5 -> "gats " + expiry() + " " + key + " nono\r\n";
      case 6 -> "gat " + expiry() + " " + key + "\r\n";
      case 7 -> (deletes ? "delete " : "get ") + key + "\r\n";
      case 8, 9 -> metaSet(value);
      case 10 -> "mg " + metaKey() + " v" + (random.nextBoolean() ? " f" : "") + getFlags();
      case 11 -> (deletes ? "md " : "mg ") + metaKey() + quiet() + "\r\n";
      case 12 -> "replace " + key + line + block;
      case 13 -> (random.nextBoolean() ? "append " : "prepend ") + key + line + block;
      case 14 -> (random.nextBoolean() ? "incr " : "decr ") + key + " 3\r\n";
      case 15 -> "touch " + key + " " + expiry() + "\r\n";
      case 16 -> "mg " + metaKey() + getFlags();
      case 17 -> "ma " + key + echoes() + arithmeticFlags();
      default -> "me " + key + "\r\n";
    };
  }

  private String value() {
    if (random.nextInt(4) == 0) {
      return "" + random.nextInt(100);
    }
    int least = random.nextInt(1 << (1 + random.nextInt(random.nextInt(6) == 0 ? 18 : 8)));
    StringBuilder value = new StringBuilder();
    while (value.length() < least) {
      boolean word = random.nextInt(8) == 0;
      value.append(word ? WORDS[random.nextInt(WORDS.length)] : "v".repeat(1 + least / 9));
    }
    return isBlank(value) ? value.append('v').toString() : value.toString();
  }

  /** memcached would read on behind it for a number, in what has been in its memory before. */
  private static boolean isBlank(StringBuilder value) {
    return !value.isEmpty() && value.toString().isBlank();
  }

  private String expiry() {
    return random.nextInt(8) == 0 ? "-1" : random.nextInt(2) * 10_000 + "";
  }

  /** A key in either form, and k, b and O in any order behind it. */
  private String metaKey() {
    boolean coded = random.nextBoolean() && !splits;
    String key = coded ? BINARY.get(random.nextInt(BINARY.size())) : key();
    return coded ? base64(key) + " b" + echoes() : key + echoes();
  }

  private String echoes() {
    return (random.nextBoolean() ? " k" : "")
        + (random.nextBoolean() ? " Ok" + random.nextInt(100) : "");
  }

  private String quiet() {
    return random.nextInt(6) == 0 ? " q" : "";
  }

  private String getFlags() {
    return (random.nextBoolean() ? " s" : "")
        + (random.nextInt(3) == 0 ? " t" : "")
        + (random.nextInt(3) == 0 ? " c" : "")
        + (random.nextInt(4) == 0 ? " T" + expiry() : "")
        + quiet()
        + "\r\n";
  }

  private String metaSet(String value) {
    String key = metaKey();
    boolean coded = key.contains(" b"); // memcached forgets that of an item that was appended to
    int space = key.indexOf(' ') < 0 ? key.length() : key.indexOf(' ');
    String flags =
        (random.nextBoolean() ? " F" + random.nextInt(16) : "")
            + (random.nextBoolean() ? "  T" + expiry() : "")
            + (random.nextInt(4) == 0 ? " M" + "SE".charAt(random.nextInt(2)) : "")
            + (!splits && !coded && random.nextInt(6) == 0
                ? " M" + "RAP".charAt(random.nextInt(3))
                : "")
            + quiet();
    String line = "ms " + key.substring(0, space) + " " + value.length() + key.substring(space);
    return line + flags + "\r\n" + value + "\r\n";
  }

  /** Of a counter that it makes memcached tells even those who want to hear nothing. */
  private String arithmeticFlags() {
    return (random.nextBoolean() ? " v" : "")
        + (random.nextBoolean() ? " N10000 J5" : quiet())
        + (random.nextBoolean() ? " D" + random.nextInt(9) : "")
        + (random.nextBoolean() ? " MD" : "")
        + "\r\n";
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.ISO_8859_1));
  }
}
