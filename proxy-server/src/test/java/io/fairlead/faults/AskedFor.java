package io.fairlead.faults;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the requests in a client's bytes ask of a server, by a second reading of the protocol that
 * shares nothing with the proxy's: it works on strings and patterns.
 */
final class AskedFor {
  /** A request as a server should see it: the line, and the value with its line end. */
  record Request(String line, String body) {}

  /** With this byte a connection of memcached's binary protocol begins. */
  private static final String BINARY_MAGIC = "\u0080";

  private static final Set<String> STORES =
      Set.of("set", "add", "replace", "append", "prepend", "cas");
  private static final Set<String> RETRIEVALS = Set.of("get", "gets", "gat", "gats");
  private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger SIGNED_END = BigInteger.ONE.shiftLeft(63);
  private static final BigInteger LONGEST = BigInteger.valueOf(Integer.MAX_VALUE - 2L);

  private final List<Request> requests = new ArrayList<>();
  private final String bytes;
  private int at;

  private AskedFor(String bytes) {
    this.bytes = bytes;
  }

  static List<Request> by(String bytes) {
    if (bytes.startsWith(BINARY_MAGIC)) {
      return List.of();
    }
    AskedFor reader = new AskedFor(bytes);
    while (reader.takeLine()) {
      // one after the other
    }
    return reader.requests;
  }

  /** False when there is no further line, or the proxy must close. */
  private boolean takeLine() {
    int end = bytes.indexOf('\n', at);
    if (end < 0) {
      return false;
    }
    String line = bytes.substring(at, end).replaceFirst("\r$", "");
    at = end + 1;
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    words.removeIf(String::isEmpty);
    String verb = words.isEmpty() ? "" : words.get(0);
    if (STORES.contains(verb)) {
      return takeStore(words, 5, 4, classicStore(words));
    }
    if (verb.equals("ms")) {
      return takeStore(words, 3, 2, meta(words, 3));
    }
    String request =
        RETRIEVALS.contains(verb)
            ? retrieval(words)
            : switch (verb) {
              case "incr", "decr" -> counting(words);
              case "touch" -> touch(words);
              case "delete" -> delete(words);
              case "mg", "md", "ma", "me" -> meta(words, 2);
              default -> null;
            };
    if (request != null) {
      requests.add(new Request(request, ""));
    }
    return true;
  }

  private boolean takeStore(List<String> words, int least, int lengthAt, @Nullable String request) {
    BigInteger length = words.size() < least ? null : signed(words.get(lengthAt));
    if (length == null || length.signum() < 0 || length.compareTo(LONGEST) > 0) {
      return false; // where the value ends is not known
    }
    int end = at + length.intValueExact() + 2;
    if (end > bytes.length()) {
      return false; // it never came
    }
    String body = bytes.substring(at, end);
    at = end;
    if (request != null && body.endsWith("\r\n")) {
      requests.add(new Request(request, body));
    }
    return true;
  }

  private static @Nullable String classicStore(List<String> words) {
    boolean cas = words.get(0).equals("cas");
    int least = cas ? 6 : 5;
    if (words.size() < least || words.size() > least + 1 || !isKey(words.get(1))) {
      return null;
    }
    BigInteger flags = unsigned(words.get(2));
    BigInteger expiry = signed(words.get(3));
    BigInteger length = signed(words.get(4));
    BigInteger unique = cas ? unsigned(words.get(5)) : BigInteger.ZERO;
    if (flags == null || expiry == null || length == null || unique == null) {
      return null;
    }
    String line =
        words.get(0)
            + (" " + words.get(1))
            + (" " + Integer.toUnsignedString(flags.intValue())) // memcached takes 32 bits of it
            + (" " + expiry.intValue() + " " + length);
    return cas ? line + " " + unique : line;
  }

  private static @Nullable String retrieval(List<String> words) {
    boolean touches = words.get(0).startsWith("gat");
    int first = touches ? 2 : 1;
    BigInteger expiry = touches && words.size() > 1 ? signed(words.get(1)) : BigInteger.ZERO;
    if (words.size() <= first || expiry == null) {
      return null;
    }
    Set<String> keys = new LinkedHashSet<>(words.subList(first, words.size()));
    if (!keys.stream().allMatch(AskedFor::isKey)) {
      return null;
    }
    String verb = touches ? words.get(0) + " " + expiry.intValue() : words.get(0);
    return verb + " " + String.join(" ", keys);
  }

  private static @Nullable String counting(List<String> words) {
    BigInteger delta = words.size() < 3 || words.size() > 4 ? null : unsigned(words.get(2));
    return delta == null || !isKey(words.get(1))
        ? null
        : words.get(0) + " " + words.get(1) + " " + delta;
  }

  private static @Nullable String touch(List<String> words) {
    BigInteger expiry = words.size() < 3 || words.size() > 4 ? null : signed(words.get(2));
    return expiry == null || !isKey(words.get(1))
        ? null
        : "touch " + words.get(1) + " " + expiry.intValue();
  }

  private static @Nullable String delete(List<String> words) {
    List<String> rest = words.subList(Math.min(2, words.size()), words.size());
    boolean fits =
        List.of(List.of(), List.of("0"), List.of("noreply"), List.of("0", "noreply"))
            .contains(rest);
    return words.size() > 1 && fits && isKey(words.get(1)) ? "delete " + words.get(1) : null;
  }

  /** The flags are left to the server, but for q and what no flag may hold. */
  private static @Nullable String meta(List<String> words, int flagsFrom) {
    if (words.size() < flagsFrom || !isKey(words.get(1))) {
      return null;
    }
    List<String> flags = words.subList(flagsFrom, words.size());
    boolean coded = flags.stream().anyMatch(flag -> flag.startsWith("b"));
    if (!flags.stream().allMatch(AskedFor::isClean) || (coded && !isBase64(words.get(1)))) {
      return null;
    }
    String key = coded ? usualText(words.get(1)) : words.get(1);
    StringBuilder line = new StringBuilder(words.get(0) + " " + key);
    if (flagsFrom == 3) {
      line.append(' ').append(signed(words.get(2)));
    }
    flags.stream().filter(flag -> !flag.startsWith("q")).forEach(f -> line.append(' ').append(f));
    return line.toString();
  }

  private static boolean isKey(String word) {
    return word.length() <= 250 && isClean(word);
  }

  private static boolean isClean(String word) {
    return word.chars().allMatch(c -> c > 0x20 && c != 0x7f);
  }

  private static boolean isBase64(String word) {
    try {
      return word.length() % 4 == 0 && Base64.getDecoder().decode(word).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The last character of a text may have bits that belong to no byte. */
  private static String usualText(String base64) {
    return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(base64));
  }

  private static @Nullable BigInteger unsigned(String word) {
    BigInteger number = word.matches("\\+?\\d+") ? new BigInteger(word) : null;
    return number == null || number.compareTo(UNSIGNED_END) >= 0 ? null : number;
  }

  private static @Nullable BigInteger signed(String word) {
    BigInteger number = word.matches("[+-]?\\d+") ? new BigInteger(word) : null;
    return number == null || number.abs().compareTo(SIGNED_END) >= 0 ? null : number;
  }

  /** The length of the value that follows a line a server received; -1 when none does. */
  static int bodyLength(String line) {
    String[] words = line.split(" ", -1);
    boolean stores = STORES.contains(words[0]);
    return stores || words[0].equals("ms") ? Integer.parseInt(words[stores ? 4 : 2]) : -1;
  }
}
