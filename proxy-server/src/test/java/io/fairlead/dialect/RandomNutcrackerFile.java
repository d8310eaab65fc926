package io.fairlead.dialect;

import java.util.List;
import java.util.Random;

/** Small configuration files, drawn from a seed: most of them nearly right, some of them odd. */
final class RandomNutcrackerFile {
  private static final Words NAMES =
      new Words(
          List.of("a", "b", "c", "pools", "limits", "a b", "'x y'", "é", "1e3", "no"),
          List.of("\"q\\\"\"", "\"\\n\"", "'*'", "''", "~", "[a]", "a: b"));
  private static final Words LISTENS =
      new Words(
          List.of(
              "127.0.0.1:22121",
              "127.0.0.1:022122",
              "0.0.0.0:22123",
              "::1:22124",
              "localhost:22125",
              "'*:22126'",
              "/tmp/a",
              "/tmp/a 0666",
              "/tmp/a b 777",
              "127.0.0.1:5001"),
          List.of(
              "/tmp/a rw",
              "/tmp/a 07777",
              "/tmp/a  -0",
              "127.0.0.1:0",
              "127.0.0.1:4294967297",
              "22121",
              "127.1:22127",
              "\"127.0.0.1:22128\""));
  private static final Words NUMBERS =
      new Words(
          List.of("0", "1", "9", "400", "0400", "'400'", "99999999999", "2147483647"),
          List.of("5000000000", "-1", "1.5", "1e3", "x", "", "0x10", "4_0", "000"));
  private static final Words FLAGS =
      new Words(List.of("true", "false", "'true'"), List.of("True", "yes", "1", "", "~"));
  private static final Words KEYS =
      new Words(
          List.of(
              "hash: md5",
              "hash: fnv1a_64 # comment",
              "hash_tag: '{}'",
              "hash_tag: é",
              "hash_tag: 22",
              "distribution: modula",
              "distribution:\tketama\t# comment",
              "redis_db: 1",
              "redis: false",
              "# a comment",
              "'hash': \"jenkins\"",
              "? hash\n  : crc16",
              "hash: >-\n    crc32",
              "hash:\n     hsieh"),
          List.of(
              "hash: MD5",
              "hash_tag: {}",
              "distribution: Ketama",
              "redis_auth: x",
              "unknown: 1",
              "hash: |\n    crc32",
              "hash: m\n    d5",
              "&x hash: md5"));
  private static final Words NUMBER_KEYS =
      new Words(
          List.of(
              "timeout",
              "backlog",
              "client_connections",
              "server_connections",
              "server_retry_timeout",
              "server_failure_limit"),
          List.of("timeouts", "Timeout", "\"timeout\""));
  private static final Words FLAG_KEYS =
      new Words(
          List.of("tcpkeepalive", "preconnect", "auto_eject_hosts"), List.of("'preconnect'", "x"));
  private static final Words HOSTS =
      new Words(
          List.of("h", "10.0.0.1", "::1", "fe80::1%eth0", "/run/m.sock", "é", "10.0.0.256"),
          List.of("/a b", "'h", "*", "-", "", "[::1]", "a b", "/"));
  private static final Words PORTS =
      new Words(List.of("11211", "1", "011211", "65535"), List.of("65536", "x", "", "0", "+1"));
  private static final Words WEIGHTS =
      new Words(List.of("1", "10", "01", "100000"), List.of("0", "-1", "x", "", "4294967297"));
  private static final Words ALIASES =
      new Words(
          List.of("", " n", " m", " é", " h:1", " #c", "\t", "\n     k"),
          List.of("  n", " n m", " 'q'", "\tn", ":", "'"));
  private static final String NOISE = " \t:'\"#-&*{}[],|>%@`\\\n\r0aé?!~";
  private static final int RIGHT_FOR_ONE_ODD = 24;

  private final Random random;

  RandomNutcrackerFile(long seed) {
    random = new Random(seed);
  }

  private record Words(List<String> right, List<String> odd) {}

  String text() {
    StringBuilder text = new StringBuilder();
    for (int pools = 1 + random.nextInt(2); pools > 0; pools--) {
      pool(text);
    }
    for (int changes = random.nextInt(6) - 3; changes > 0; changes--) {
      change(text);
    }
    return text.toString();
  }

  private void pool(StringBuilder text) {
    text.append(any(NAMES)).append(":\n");
    text.append("  listen: ").append(any(LISTENS)).append('\n');
    for (int keys = random.nextInt(4); keys > 0; keys--) {
      text.append("  ").append(key()).append('\n');
    }
    text.append("  servers:\n");
    for (int servers = 1 + random.nextInt(3); servers > 0; servers--) {
      text.append("   - ").append(server()).append('\n');
    }
  }

  private String key() {
    return switch (random.nextInt(3)) {
      case 0 -> any(NUMBER_KEYS) + ": " + any(NUMBERS);
      case 1 -> any(FLAG_KEYS) + ": " + any(FLAGS);
      default -> any(KEYS);
    };
  }

  private String server() {
    String host = any(HOSTS);
    String place = host.startsWith("/") ? host : host + ":" + any(PORTS);
    return place + ":" + any(WEIGHTS) + any(ALIASES);
  }

  /** Something is inserted, left out or doubled. */
  private void change(StringBuilder text) {
    int at = random.nextInt(text.length());
    switch (random.nextInt(3)) {
      case 0 -> text.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
      case 1 -> text.deleteCharAt(at);
      default -> text.insert(at, text.charAt(at));
    }
  }

  private String any(Words words) {
    List<String> choices = random.nextInt(RIGHT_FOR_ONE_ODD + 1) == 0 ? words.odd() : words.right();
    return choices.get(random.nextInt(choices.size()));
  }
}
