package io.fairlead.it;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A part of what a hostile client sends. Nobody asks for a key that begins with {@code evil}: what
 * stands in values and behind broken lines would store some, if it were read as requests.
 *
 * @param bytes a character for each byte
 */
record HostilePiece(String bytes, Fate fate) {
  /** What becomes of it, compared with what memcached does. */
  enum Fate {
    /** The same requests are served, with the same replies. */
    SAME,
    /** The same is served, but memcached drops the replies that it has not sent yet. */
    REPLIES_LOST,
    /** memcached takes a key with control bytes; the proxy refuses it. */
    CONTROL_BYTE,
    /** memcached reads the value of a refused store as commands; the proxy swallows it. */
    VALUE_SWALLOWED,
    /** A command for one server. */
    ADMINISTRATION,
    /** Where the next request begins is not known, or the line is too long: the proxy closes. */
    CLOSES,
    /** HTTP or TLS: the proxy closes before the line is complete. */
    FOREIGN;

    boolean isServed() {
      return this == SAME || this == REPLIES_LOST;
    }

    boolean closes() {
      return this == CLOSES || this == FOREIGN;
    }
  }

  private static final List<String> KEYS =
      List.of(
          "k0", "k1", "k2", "k3", "noreply", "0", "k".repeat(250), "\u00e9\u0080\u00ff", "Zm8=");

  private static final List<String> CODED =
      List.of(
          "Zm8=", "Zm9=", "AAE=", coded("evil\r\nset evil5 0 0 1\r\nx\r\n"), coded("k0"), "Zm8");

  private static final List<String> NUMBERS =
      List.of(
          "0", "1", "007", "+5", "-1", "18446744073709551615", "18446744073709551616", "x", "1.5");

  private static final List<String> FLAGS = List.of("0", "1", "+7", "4294967295", "4294967296");
  private static final List<String> EXPIRIES = List.of("0", "5000", "+6000", "-1", "2147483648");

  private static final String EVIL = "set evil0 0 0 1\r\nx\r\nms evil1 1\r\nx\r\n";

  private static final List<String> VALUES =
      List.of(
          "",
          "1",
          "18446744073709551615",
          "\r\n" + EVIL,
          "abc\r\nmn\r\nquit",
          "END\r\nVALUE k1 0 1\r\nx\r\nEND\r\nSTORED",
          "\0\n\r\u0080\u0016\u0003",
          "POST / HTTP/1.1\r\n\r\nset evil2 0 0 1\r\nx",
          "x".repeat(5000),
          ("\r\n" + EVIL).repeat(2500));

  private static final List<String> CONTROL =
      List.of("\0", "\t", "\u0001", "\u007f", "\r", "\u000b");

  /** Every key that may have been stored. */
  static List<String> probes() {
    return IntStream.range(0, 8)
        .mapToObj(i -> "evil" + i)
        .collect(Collectors.collectingAndThen(Collectors.toList(), HostilePiece::withKeys));
  }

  private static List<String> withKeys(List<String> evil) {
    evil.addAll(KEYS);
    return List.copyOf(evil);
  }

  static List<String> codedProbes() {
    return CODED.stream().filter(key -> key.length() % 4 == 0).toList();
  }

  static HostilePiece next(Random random) {
    Choice choice = new Choice(random);
    int kind = random.nextInt(101);
    if (kind < 84) {
      return new HostilePiece(choice.same(), Fate.SAME);
    }
    if (kind < 88) {
      return new HostilePiece(choice.controlByte(), Fate.CONTROL_BYTE);
    }
    if (kind < 94) {
      return new HostilePiece(choice.swallowed(), Fate.VALUE_SWALLOWED);
    }
    if (kind < 96) {
      return new HostilePiece(choice.administration(), Fate.ADMINISTRATION);
    }
    if (kind == 100) {
      return new HostilePiece(choice.keyTooLong(), Fate.REPLIES_LOST);
    }
    return kind < 98
        ? new HostilePiece(choice.closing(), Fate.CLOSES)
        : new HostilePiece(choice.foreign(), Fate.FOREIGN);
  }

  private static String coded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Makes them, by one source of randomness. */
  private record Choice(Random random) {
    String same() {
      return switch (random.nextInt(14)) {
        case 0 -> of("get ", "gets ", " get ", "gat 0 ", "gats 5000 ") + keys() + end();
        case 1, 2, 3 -> store(key(), of(FLAGS), of(EXPIRIES));
        case 4 -> of("incr ", "decr ") + key() + " " + of(NUMBERS) + noreply() + end();
        case 5 -> "touch " + key() + " " + of(of(EXPIRIES), "x", "1.5") + noreply() + end();
        case 6 -> "delete " + key() + of("", " 0", " 5", " noreply", " 0 noreply") + end();
        case 7 -> of("mg ", "md ", "me ") + key() + flags(of(" v", " f", " s", "")) + end();
        case 8, 9 -> metaStore(key(), "");
        case 10 -> of("mg ", "md ") + of(CODED) + " b" + flags("") + end();
        case 11 -> metaStore(of(CODED), " b");
        case 12 -> of("foo", "GET k0", "", "Set k0 0 0 1", "mn", "version", "flush_all") + end();
        default -> odd();
      };
    }

    private String odd() {
      String tooLong = "k".repeat(251);
      return switch (random.nextInt(7)) {
        case 0 -> of("delete ", "touch ", "mg ", "md ") + tooLong + of(" 0", "") + end();
        case 1 -> "incr " + tooLong + " 1" + end();
        case 2 -> "set k0 0 0 3" + noreply() + "\r\nabcdeXX\r\n";
        case 3 -> "set k1 0 0 70000" + end() + "y".repeat(70_000) + "XX";
        case 4 -> "set k2 0 0 1100000" + end() + "y".repeat(1_100_000) + "\r\n";
        case 5 -> "gat 0 k0" + " none miss".repeat(190) + "\r\n";
        default -> "get k0 k1" + " none miss".repeat(300) + "\r\n";
      };
    }

    private String store(String key, String flags, String expiry) {
      String verb = of("set", "set", "add", "replace", "append", "prepend", "cas");
      String value = of(VALUES);
      String length = of("", "+", "0") + value.length();
      String unique = verb.equals("cas") ? " 18446744073709551615" : "";
      String fields = String.join(" ", verb, key, flags, expiry, length) + unique;
      return fields + noreply() + end() + value + "\r\n";
    }

    private String metaStore(String key, String coded) {
      String value = of(VALUES);
      String mode = of("", " MS", " ME", " MR", " T5000", " F5", " MX", " T", " I");
      return "ms " + key + " " + value.length() + coded + mode + flags("") + end() + value + "\r\n";
    }

    private String flags(String more) {
      return more + of("", "", " q", " Oabc", " k", " k q", " !", " \u00e9");
    }

    String keyTooLong() {
      return of("get k0 ", "get ", "gats 0 ") + "k".repeat(251) + of(" k0", "") + end();
    }

    String controlByte() {
      String key = "a" + of(CONTROL) + "b";
      return switch (random.nextInt(4)) {
        case 0 -> of("get ", "delete ", "mg ", "get k0 ") + key + "\r\n";
        case 1 -> "set " + key + " 0 0 " + EVIL.length() + "\r\n" + EVIL + "\r\n";
        case 2 -> "ms " + key + " " + EVIL.length() + "\r\n" + EVIL + "\r\n";
        default -> "mg k0 v O" + of(CONTROL) + "\r\n";
      };
    }

    String swallowed() {
      String line =
          switch (random.nextInt(6)) {
            case 0 -> "set " + "k".repeat(251) + " 0 0 ";
            case 1 -> "set k0 x 0 ";
            case 2 -> "add k0 -1 0 ";
            case 3 -> "set k0 0 1.5 ";
            case 4 -> "cas k0 0 0 ";
            default -> "ms k0 ";
          };
      String after =
          line.startsWith("cas")
              ? of(" x", " -1", " 18446744073709551616", "")
              : line.startsWith("ms") ? " a b c d e f g h i j k l m n o p r s t u" : noreply();
      return line + EVIL.length() + after + end() + EVIL + "\r\n";
    }

    String administration() {
      return of("shutdown", "slabs automove 0", "lru mode flat", "cache_memlimit 8") + end();
    }

    String closing() {
      String line =
          of(
              "set k0 0 0 -1",
              "set k0 0 0 x",
              "set k0 0 0 99999999999",
              "set k0 0 0 2147483646 noreply",
              "set k0 0 0",
              "ms k0",
              "ms k0 -5 q",
              "quit",
              "mg k0 O" + "y".repeat(3000));
      return line + end() + EVIL;
    }

    String foreign() {
      String request = of("GET", "POST", "PUT", "OPTIONS", "FOO") + of(" /", " *", " http://a/");
      String http = request + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + EVIL;
      return of(http, http, "\u0016\u0003\u0001\u0002\0\u0001" + "\n" + EVIL);
    }

    private String keys() {
      int count = 1 + random.nextInt(4);
      return IntStream.range(0, count).mapToObj(i -> key()).collect(Collectors.joining(" "));
    }

    private String key() {
      return of(KEYS);
    }

    private String noreply() {
      return of("", "", " noreply");
    }

    private String end() {
      return of("\r\n", "\r\n", "\n", " \r\n");
    }

    private String of(List<String> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    private String of(String... choices) {
      return of(List.of(choices));
    }
  }
}
