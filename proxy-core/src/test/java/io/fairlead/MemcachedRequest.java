package io.fairlead;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What memcached 1.6.18 understands when it reads some bytes: written from its rules and apart from
 * our parser, so that the two can be compared.
 *
 * <p>A line ends at LF, a CR before it does not belong to it, and a NUL hides the rest. Only spaces
 * separate words. Numbers are read as strtol and strtoul read them, and cut down to the width of
 * what they are stored in.
 *
 * @param words that say more than the fields before: keys of a retrieval, flags of a meta command
 * @param length of the request, with its value
 */
public record MemcachedRequest(
    String verb,
    List<String> keys,
    long flags,
    int expiry,
    String number,
    List<String> words,
    @Nullable String value,
    int length) {
  private static final Set<String> STORES =
      Set.of("set", "add", "replace", "append", "prepend", "cas");
  private static final Set<String> META = Set.of("mg", "ms", "md", "ma", "me");
  private static final Set<String> DELETE_ENDS = Set.of("", "0", "noreply", "0 noreply");
  private static final int LONGEST_KEY = 250;

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public MemcachedRequest(
      String verb,
      List<String> keys,
      long flags,
      int expiry,
      String number,
      List<String> words,
      @Nullable String value,
      int length) {
    this.verb = verb;
    this.keys = List.copyOf(keys);
    this.flags = flags;
    this.expiry = expiry;
    this.number = number;
    this.words = List.copyOf(words);
    this.value = value;
    this.length = length;
  }

  /**
   * The request that the text begins with, a character for each byte.
   *
   * @throws AssertionError when memcached would refuse it or wait for more
   */
  public static MemcachedRequest first(String text) {
    int lineFeed = text.indexOf('\n');
    require(lineFeed >= 0, "a whole line", text);
    String line = text.substring(0, lineFeed);
    line = line.endsWith("\r") ? line.substring(0, lineFeed - 1) : line;
    line = line.indexOf('\0') < 0 ? line : line.substring(0, line.indexOf('\0'));
    List<String> words = new ArrayList<>(List.of(line.split(" +", -1)));
    words.removeIf(String::isEmpty);
    require(!words.isEmpty(), "a command", line);
    return of(words, text, lineFeed + 1);
  }

  private static MemcachedRequest of(List<String> words, String text, int lineEnd) {
    String verb = words.get(0);
    if (STORES.contains(verb)) {
      return store(words, text, lineEnd);
    }
    if (META.contains(verb)) {
      return meta(words, text, lineEnd);
    }
    return switch (verb) {
      case "get", "gets" -> get(words, 1, 0, lineEnd);
      case "gat", "gats" -> get(words, 2, (int) signed(word(words, 1)), lineEnd);
      case "incr", "decr" -> {
        requireWords(words, 3, 1);
        yield plain(words, 0, unsigned(word(words, 2)), lineEnd);
      }
      case "touch" -> {
        requireWords(words, 3, 1);
        yield plain(words, (int) signed(word(words, 2)), "", lineEnd);
      }
      case "delete" -> {
        String end = String.join(" ", words.subList(Math.min(2, words.size()), words.size()));
        require(DELETE_ENDS.contains(end), "a key, and perhaps noreply", end);
        yield plain(words, 0, "", lineEnd);
      }
      case "flush_all" -> flush(words, lineEnd);
      default -> throw new AssertionError("a command that is forwarded (not " + verb + ")");
    };
  }

  private static MemcachedRequest store(List<String> words, String text, int lineEnd) {
    requireWords(words, words.get(0).equals("cas") ? 6 : 5, 1);
    long flags = Long.parseUnsignedLong(unsigned(word(words, 2))) & 0xffff_ffffL;
    String cas = words.get(0).equals("cas") ? unsigned(word(words, 5)) : "";
    String value = value(word(words, 4), text, lineEnd);
    return new MemcachedRequest(
        words.get(0),
        List.of(key(words, 1)),
        flags,
        (int) signed(word(words, 3)),
        cas,
        List.of(),
        value,
        lineEnd + value.length() + 2);
  }

  private static MemcachedRequest meta(List<String> words, String text, int lineEnd) {
    String verb = words.get(0);
    boolean stores = verb.equals("ms");
    String value = stores ? value(word(words, 2), text, lineEnd) : null;
    List<String> flags = new ArrayList<>(words.subList(stores ? 3 : 2, words.size()));
    flags.removeIf(flag -> flag.startsWith("q"));
    boolean coded = flags.stream().anyMatch(flag -> flag.startsWith("b"));
    return new MemcachedRequest(
        verb,
        List.of(coded ? coded(key(words, 1)) : key(words, 1)),
        0,
        0,
        "",
        flags,
        value,
        value == null ? lineEnd : lineEnd + value.length() + 2);
  }

  private static MemcachedRequest get(List<String> words, int first, int expiry, int lineEnd) {
    List<String> keys = words.subList(first, words.size());
    for (int i = first; i < words.size(); i++) {
      key(words, i);
    }
    return new MemcachedRequest(words.get(0), keys, 0, expiry, "", List.of(), null, lineEnd);
  }

  private static MemcachedRequest plain(
      List<String> words, int expiry, String number, int lineEnd) {
    return new MemcachedRequest(
        words.get(0), List.of(key(words, 1)), 0, expiry, number, List.of(), null, lineEnd);
  }

  private static MemcachedRequest flush(List<String> words, int lineEnd) {
    boolean delayed = words.size() > 1 && !words.get(1).equals("noreply");
    List<String> delay = delayed ? List.of("delayed") : List.of();
    int expiry = delayed ? (int) signed(words.get(1)) : 0;
    return new MemcachedRequest("flush_all", List.of(), 0, expiry, "", delay, null, lineEnd);
  }

  /** Not fewer words than that, and at most so many more, which mean nothing. */
  private static void requireWords(List<String> words, int least, int more) {
    int count = words.size();
    require(count >= least && count <= least + more, "other words", String.join(" ", words));
  }

  private static String word(List<String> words, int index) {
    require(index < words.size(), "one more word", String.join(" ", words));
    return words.get(index);
  }

  private static String key(List<String> words, int index) {
    String key = word(words, index);
    require(key.length() <= LONGEST_KEY, "a key", key);
    return key;
  }

  /** The usual text for the bytes of a key; its last character may have bits of no byte. */
  private static String coded(String key) {
    byte[] bytes = Base64.getDecoder().decode(key);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String value(String announced, String text, int from) {
    long length = signed(announced);
    require(length >= 0 && from + length + 2 <= text.length(), "its whole value", text);
    int end = (int) (from + length);
    require(text.startsWith("\r\n", end), "CR LF after the value", text);
    return text.substring(from, end);
  }

  /** As strtol reads it; a digit must be there, and nothing may follow. */
  private static long signed(String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new AssertionError("a number (not " + word + ")", e);
    }
  }

  private static String unsigned(String word) {
    try {
      return Long.toUnsignedString(Long.parseUnsignedLong(word));
    } catch (NumberFormatException e) {
      throw new AssertionError("a number (not " + word + ")", e);
    }
  }

  private static void require(boolean condition, String expected, String text) {
    if (!condition) {
      throw new AssertionError(expected + " (not " + text + ")");
    }
  }

  /** The same request for other keys. */
  public MemcachedRequest ofKeys(List<String> others) {
    return new MemcachedRequest(verb, others, flags, expiry, number, words, value, length);
  }

  /** The same request of another length on the wire. */
  public MemcachedRequest ofLength(int other) {
    return new MemcachedRequest(verb, keys, flags, expiry, number, words, value, other);
  }
}
