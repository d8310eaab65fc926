package io.fairlead.runtime;

import io.fairlead.MemcachedRequest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client's bytes ask for, and what it is to be told, by a reading of its own: that of
 * memcached ({@link MemcachedRequest}), with the rules by which a proxy is stricter.
 *
 * <p>These are the rules: no request with control bytes goes on; the value of a refused store is
 * never read as commands, and where its end is not known the connection ends; HTTP, TLS, the binary
 * protocol and lines that are too long end it as well; the proxy answers some commands itself.
 */
final class ClientStream {
  static final int LONGEST_LINE = 2048;
  static final int LONGEST_GET_LINE = 8192;
  static final int LARGEST_VALUE = 1000;

  private static final Pattern FOREIGN =
      Pattern.compile("\\x16\\x03|[A-Z]{1,24} (/|\\*|http)|CONNECT [^ \\r\\n]");
  private static final Pattern LONG_GET = Pattern.compile(" {0,100}gets? ");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final Pattern LENGTH = Pattern.compile("\\+?\\d+|-0+");
  private static final BigInteger LONGEST_VALUE = BigInteger.valueOf(Integer.MAX_VALUE - 2L);

  private static final Set<String> STORES =
      Set.of("set", "add", "replace", "append", "prepend", "cas", "ms");
  private static final Set<String> RETRIEVALS = Set.of("get", "gets", "gat", "gats");
  private static final Set<String> META = Set.of("mg", "md", "ma", "me");
  private static final Set<String> OTHERS = Set.of("incr", "decr", "touch", "delete");
  private static final Set<String> REFUSED =
      Set.of(
          "shutdown",
          "cache_memlimit",
          "slabs",
          "lru",
          "lru_crawler",
          "watch",
          "extstore",
          "refresh_certs",
          "misbehave");

  private static final String AN_ERROR = "(ERROR|CLIENT_ERROR [^\\r\\n]+)\r\n";
  private static final int MOST_FLAGS_WITH_VALUE = 16;
  private static final int LONGEST_META = 1700;

  private final String bytes;
  private final List<MemcachedRequest> asked = new ArrayList<>();
  private final StringBuilder told = new StringBuilder();
  private int at;
  private boolean ended;

  ClientStream(String bytes) {
    this.bytes = bytes;
    ended = bytes.startsWith("\u0080");
    while (!ended && at < bytes.length()) {
      line();
    }
  }

  /** The requests that are to reach a server. */
  List<MemcachedRequest> asked() {
    return asked;
  }

  /** What the client is to be told by a server that never has anything. */
  Pattern told() {
    return Pattern.compile(told.toString());
  }

  private void line() {
    if (FOREIGN.matcher(bytes).region(at, bytes.length()).lookingAt()) {
      ended = true;
      return;
    }
    int lineFeed = bytes.indexOf('\n', at);
    if (lineFeed < 0) {
      ended = true;
      return;
    }
    String line = bytes.substring(at, lineFeed).replaceFirst("\r\\z", "");
    if (line.length() > (LONG_GET.matcher(line).lookingAt() ? LONGEST_GET_LINE : LONGEST_LINE)) {
      ended = true;
      return;
    }
    int start = at;
    at = lineFeed + 1;
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    words.removeIf(String::isEmpty);
    read(words, line, start);
  }

  private void read(List<String> words, String line, int start) {
    String verb = words.isEmpty() ? "" : words.get(0);
    String last = words.isEmpty() ? "" : words.get(words.size() - 1);
    if (STORES.contains(verb)) {
      store(words, line, start);
    } else if (RETRIEVALS.contains(verb) || META.contains(verb) || OTHERS.contains(verb)) {
      MemcachedRequest request = isRefused(words, line) ? null : request(start);
      if (request != null) {
        if (!RETRIEVALS.contains(verb) || !request.keys().isEmpty()) {
          asked.add(request);
        }
        tell(isQuiet(words), reply(verb));
      } else {
        tell(OTHERS.contains(verb) && mayBeSilent(words) && last.equals("noreply"), AN_ERROR);
      }
    } else if (REFUSED.contains(verb)) {
      tell(false, "SERVER_ERROR command not supported by proxy\r\n");
    } else {
      local(verb, last, words);
    }
  }

  private void local(String verb, String last, List<String> words) {
    switch (verb) {
      case "mn" -> tell(false, "MN\r\n");
      case "version" -> tell(false, "VERSION 1.6.18\r\n");
      case "quit" -> ended = true;
      case "stats" -> tell(false, "(STAT [^\\n]*\\n)*[^\\n]+\\n");
      case "verbosity" -> tell(last.equals("noreply"), "(OK\r\n|" + AN_ERROR + ")");
      case "flush_all" -> tell(last.equals("noreply") && words.size() < 4, AN_ERROR);
      default -> {
        ended = words.size() > 1 && last.startsWith("HTTP/");
        tell(ended, "ERROR\r\n");
      }
    }
  }

  private void tell(boolean silent, String pattern) {
    told.append(silent ? "" : pattern);
  }

  private void store(List<String> words, String line, int start) {
    boolean isMeta = words.get(0).equals("ms");
    int lengthAt = isMeta ? 2 : 4;
    boolean silent = !isMeta && words.size() == least(words) + 1 && words.contains("noreply");
    silent = silent && words.get(words.size() - 1).equals("noreply");
    long length = lengthAt < words.size() ? length(words.get(lengthAt)) : -1;
    if (length < 0) {
      tell(silent, AN_ERROR);
      ended = true; // nobody knows where the next request begins
      return;
    }
    boolean refused = isRefused(words, line) || !isStore(words);
    int lineEnd = at;
    long end = lineEnd + length + 2;
    boolean tooLarge = !refused && length > LARGEST_VALUE;
    if (tooLarge && replaces(words)) {
      asked.add(removal(words));
    }
    if (end > bytes.length()) {
      ended = true;
      return;
    }
    at = (int) end;
    if (refused) {
      tell(silent, AN_ERROR);
    } else if (tooLarge) {
      tell(silent, "SERVER_ERROR object too large for cache\r\n");
    } else if (!bytes.startsWith("\r\n", at - 2)) {
      tell(silent, "CLIENT_ERROR bad data chunk\r\n");
    } else {
      asked.add(MemcachedRequest.first(bytes.substring(start, at)));
      tell(silent || isQuiet(words), reply(words.get(0)));
    }
  }

  private static int least(List<String> words) {
    return words.get(0).equals("cas") ? 6 : 5;
  }

  private static long length(String word) {
    BigInteger length =
        LENGTH.matcher(word).matches() ? new BigInteger(word) : BigInteger.ONE.negate();
    return length.compareTo(LONGEST_VALUE) <= 0 ? length.longValueExact() : -1;
  }

  /** Whether memcached takes the line, whatever its value. */
  private static boolean isStore(List<String> words) {
    int length = (int) length(words.get(words.get(0).equals("ms") ? 2 : 4));
    String value = "x".repeat(Math.min(length, LARGEST_VALUE)) + "\r\n";
    List<String> shorter = new ArrayList<>(words);
    shorter.set(words.get(0).equals("ms") ? 2 : 4, Integer.toString(value.length() - 2));
    return accepts(String.join(" ", shorter) + "\r\n" + value);
  }

  private static boolean accepts(String text) {
    try {
      MemcachedRequest.first(text);
      return true;
    } catch (AssertionError refused) {
      return false;
    }
  }

  private @Nullable MemcachedRequest request(int start) {
    String text = bytes.substring(start, at);
    return accepts(text) ? MemcachedRequest.first(text) : null;
  }

  /** Where a proxy refuses what memcached might take. */
  private static boolean isRefused(List<String> words, String line) {
    String verb = words.get(0);
    int meaning = meaning(verb);
    if (words.size() > meaning + 1L
        || words.stream().limit(meaning).anyMatch(word -> CONTROL.matcher(word).find())) {
      return true;
    }
    if (RETRIEVALS.contains(verb)) {
      return words.size() == 1;
    }
    boolean stores = verb.equals("ms");
    if (!META.contains(verb) && !stores) {
      return false;
    }
    if (words.size() < (stores ? 3 : 2)) {
      return true;
    }
    List<String> flags = words.subList(stores ? 3 : 2, words.size());
    int keyFrom = line.indexOf(words.get(1), line.indexOf(verb) + 2);
    boolean coded = flags.stream().anyMatch(flag -> flag.startsWith("b"));
    return line.length() - keyFrom > LONGEST_META
        || (stores && flags.size() > MOST_FLAGS_WITH_VALUE)
        || (coded && !isBase64(words.get(1)));
  }

  /** How many words of a line mean something; one that follows is noreply, or ignored. */
  private static int meaning(String verb) {
    return switch (verb) {
      case "cas" -> 6;
      case "set", "add", "replace", "append", "prepend" -> 5;
      case "incr", "decr", "touch" -> 3;
      default -> Integer.MAX_VALUE;
    };
  }

  private static boolean isBase64(String word) {
    try {
      return word.length() % 4 == 0 && Base64.getDecoder().decode(word).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean mayBeSilent(List<String> words) {
    int count = words.size();
    return words.get(0).equals("delete") ? count > 2 && count <= 4 : count == 4;
  }

  /** Whether nothing is said when all is well. */
  private static boolean isQuiet(List<String> words) {
    String verb = words.get(0);
    if (verb.startsWith("m")) {
      List<String> flags = words.subList(verb.equals("ms") ? 3 : 2, words.size());
      boolean hides = Set.of("mg", "ms", "md").contains(verb);
      return hides && flags.stream().anyMatch(flag -> flag.startsWith("q"));
    }
    return OTHERS.contains(verb)
        && mayBeSilent(words)
        && words.get(words.size() - 1).equals("noreply");
  }

  private static boolean replaces(List<String> words) {
    String mode =
        words.stream()
            .skip(3)
            .filter(flag -> flag.startsWith("M") && flag.length() > 1)
            .findFirst()
            .orElse("MS");
    return words.get(0).equals("set") || (words.get(0).equals("ms") && mode.startsWith("MS"));
  }

  private static MemcachedRequest removal(List<String> words) {
    boolean coded =
        words.get(0).equals("ms") && words.stream().skip(3).anyMatch(flag -> flag.startsWith("b"));
    String line = coded ? "md " + words.get(1) + " b\r\n" : "delete " + words.get(1) + "\r\n";
    return MemcachedRequest.first(line);
  }

  /** The reply of a server that takes every write and has nothing. */
  static String reply(String verb) {
    return switch (verb) {
      case "get", "gets", "gat", "gats" -> "END\r\n";
      case "incr", "decr", "touch", "delete", "cas" -> "NOT_FOUND\r\n";
      case "mg", "me" -> "EN\r\n";
      case "ms", "md" -> "HD\r\n";
      case "ma" -> "NF\r\n";
      default -> "STORED\r\n";
    };
  }
}
