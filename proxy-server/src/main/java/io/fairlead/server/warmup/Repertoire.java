package io.fairlead.server.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What clients ask for in practice: a little of everything, and most of what is usual. */
final class Repertoire {
  static final int LARGEST_VALUE = 100 << 10;

  private static final int LARGE_VALUE = 20 << 10;
  private static final int KEYS = 200;
  private static final int PIPELINED = 16;
  private static final int KEYS_OF_GET = 24;
  private static final String LAST = "mn\r\n";

  /** Answered by a line each. */
  final List<byte[]> sets = requests(KEYS, Repertoire::set);

  /** One key each, and one in ten without a value. */
  final List<byte[]> gets = requests(KEYS, i -> "get " + (i % 10 == 9 ? "none" : key(i)) + "\r\n");

  final List<byte[]> multigets = requests(8, i -> "get" + keys(i * KEYS_OF_GET) + "\r\n");

  /** Others that are answered by a line, or by values of one key. */
  final List<byte[]> others =
      List.of(
              "gets " + key(5) + "\r\n",
              "delete " + key(KEYS) + "\r\n",
              "add " + key(KEYS) + " 0 0 1\r\n1\r\n",
              "incr " + key(KEYS) + " 1\r\n",
              "touch " + key(2) + " 60\r\n",
              "gat 60 " + key(3) + "\r\n",
              "decr none 1\r\n",
              "add word 0 0 1\r\nx\r\n",
              "incr word 1\r\n",
              "delete none\r\n",
              "append " + key(4) + " 0 0 0\r\n\r\n")
          .stream()
          .map(Repertoire::bytes)
          .toList();

  /** Several at once, the last of which is {@code mn}. */
  final List<byte[]> batches = batches();

  private static List<byte[]> batches() {
    List<byte[]> all = new ArrayList<>(requests(12, Repertoire::pipeline));
    String meta =
        "ms " + key(5) + " 5\r\nvalue\r\nmg " + key(5) + " v t f\r\nma none\r\nmd none q\r\n";
    String mistakes = "nonsense\r\nget\r\nget " + "k".repeat(251) + "\r\n";
    all.add(bytes(meta + "mg none k\r\n" + LAST));
    all.add(bytes(mistakes + LAST));
    all.add(bytes(set(LARGE_VALUE) + "get " + key(LARGE_VALUE) + "\r\n" + LAST));
    all.add(bytes(set(LARGEST_VALUE) + "get " + key(LARGEST_VALUE) + "\r\n" + LAST));
    return all;
  }

  private static String pipeline(int number) {
    return IntStream.range(0, PIPELINED)
            .mapToObj(i -> i == 7 ? set(i + number) : "get " + key(i + number * PIPELINED) + "\r\n")
            .collect(Collectors.joining())
        + LAST;
  }

  private static String set(int number) {
    return "set " + key(number) + " 0 0 " + number + "\r\n" + "x".repeat(number) + "\r\n";
  }

  private static String keys(int first) {
    return IntStream.range(first, first + KEYS_OF_GET)
        .mapToObj(i -> " " + key(i % KEYS))
        .collect(Collectors.joining());
  }

  /** Which has so many bytes. */
  private static String key(int number) {
    return "fairlead-warm-up:" + number;
  }

  private static List<byte[]> requests(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).map(Repertoire::bytes).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
