package io.fairlead.frontend;

import io.fairlead.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pipelines of requests as clients send them, and as they should not. */
final class RandomRequests {
  private static final List<String> NUMBERS =
      List.of("0", "1", "-1", "+5", "4294967296", "18446744073709551615", "99999999999999999999");

  private static final List<String> BAD_NUMBERS = List.of("x", "1.5", "", "1x", "--1", "noreply");

  private static final List<String> BAD_LINES =
      List.of(
          "",
          " ",
          "foo",
          "GET k",
          "get",
          "gets ",
          "incr k",
          "touch",
          "delete k 5",
          "gat x k",
          "incr k x noreply",
          "delete",
          "flush_all x",
          "lru mode flat",
          "verbosity",
          "mg",
          "me",
          "mg k v\u0001",
          "mg Zm9 b",
          "get a\u0000b",
          "get \r",
          "\u0080\u0000",
          "watch",
          "ma k\t1",
          "stats foo",
          "cas k",
          "  ");

  private final Random random;

  RandomRequests(Random random) {
    this.random = random;
  }

  /** Up to so many requests, of which some are malformed. */
  byte[] pipeline(int most) {
    int count = 1 + random.nextInt(most);
    return Wire.bytes(
        IntStream.range(0, count).mapToObj(i -> request()).collect(Collectors.joining()));
  }

  private String request() {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> "get " + key() + "\r\n";
      case 3 -> oneOf("get ", "gets ", " get ", "gat 5 ") + keys(40) + lineEnd();
      case 4, 5 -> store();
      case 6 -> oneOf("incr ", "decr ") + key() + " " + number() + noreply() + lineEnd();
      case 7 -> oneOf("delete ", "me ", "delete  ") + key() + noreply() + lineEnd();
      case 8 -> "touch " + key() + " " + number() + noreply() + lineEnd();
      case 9 -> oneOf("mg ", "md ", "ma ") + key() + flags() + lineEnd();
      case 10 -> metaStore();
      case 11 -> oneOf("mn", "version", "verbosity 1", "stats items", "flush_all") + lineEnd();
      case 12, 13 -> BAD_LINES.get(random.nextInt(BAD_LINES.size())) + lineEnd();
      case 14 -> garbage(40) + lineEnd();
      default -> random.nextInt(4) > 0 ? "get " + key() + "\r\n" : last();
    };
  }

  /** After some of these nothing more is read. */
  private String last() {
    return switch (random.nextInt(9)) {
      case 6 ->
          oneOf("GET ", "POST ", "PRI ", "FOO ") + oneOf("/", "*", "http", "h", "k") + lineEnd();
      case 7 -> "\u0016\u0003\u0001" + garbage(40);
      case 0 -> "quit\r\n";
      case 1 -> "set k 0 0 " + BAD_NUMBERS.get(random.nextInt(BAD_NUMBERS.size())) + "\r\n";
      case 2 -> "x".repeat(2000 + random.nextInt(100)) + lineEnd();
      case 3 -> "get" + " k".repeat(500 + random.nextInt(5000)) + lineEnd();
      case 4 -> "a HTTP/1.1\r\n";
      case 5 -> " ".repeat(2040 + random.nextInt(20)) + "get k" + lineEnd();
      default -> "ms k" + lineEnd();
    };
  }

  private String store() {
    String verb = oneOf("set", "add", "replace", "append", "prepend", "cas");
    String cas = verb.equals("cas") ? " " + number() : "";
    int length = random.nextInt(10) == 0 ? 4000 + random.nextInt(200) : random.nextInt(60);
    return verb
        + " "
        + key()
        + " "
        + number()
        + " "
        + number()
        + " "
        + length
        + cas
        + noreply()
        + lineEnd()
        + value(length);
  }

  private String metaStore() {
    int length = random.nextInt(60);
    return "ms " + key() + " " + length + flags() + lineEnd() + value(length);
  }

  /** Usually a value of that length; sometimes shorter, longer or badly ended. */
  private String value(int length) {
    String value = garbage(length);
    String padded = value + "\r\n".repeat(length).substring(0, length - value.length());
    return switch (random.nextInt(12)) {
      case 0 -> padded + "\n";
      case 1 -> padded + "x\r\n";
      case 2 -> padded + "xyz version\r\n";
      case 3 -> padded.substring(length / 2) + "\r\n";
      default -> padded + "\r\n";
    };
  }

  private String key() {
    return switch (random.nextInt(20)) {
      case 0 -> "k".repeat(249 + random.nextInt(3));
      case 1 -> "a\u0001b";
      case 2 -> "fail" + random.nextInt(10);
      case 3, 4 -> "miss" + random.nextInt(10);
      case 5 -> "\u00e9\u0080\u00ff";
      default -> "key" + random.nextInt(30);
    };
  }

  private String keys(int most) {
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      keys.add(random.nextInt(200) == 0 ? key() : "key" + random.nextInt(30));
    }
    return String.join(" ".repeat(1 + random.nextInt(2)), keys);
  }

  private String flags() {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(i -> " " + oneOf("v", "q", "T30", "Oabc", "k", "t", "MA", "I", "b", "\u00e9"))
        .collect(Collectors.joining());
  }

  private String number() {
    List<String> from = random.nextInt(15) == 0 ? BAD_NUMBERS : NUMBERS;
    return from.get(random.nextInt(from.size()));
  }

  private String noreply() {
    return random.nextInt(4) == 0 ? " noreply" : "";
  }

  private String lineEnd() {
    return random.nextInt(5) == 0 ? "\n" : "\r\n";
  }

  private String garbage(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return Wire.text(bytes);
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
