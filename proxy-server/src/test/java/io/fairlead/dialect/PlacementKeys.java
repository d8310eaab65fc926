package io.fairlead.dialect;

import io.fairlead.testkit.RawClient;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Keys of every shape that users have, stored and looked for in large numbers. */
final class PlacementKeys {
  private static final int AT_ONCE = 500;
  private static final int LONGEST_KEY = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private PlacementKeys() {}

  static List<String> make(int count, Random random) {
    List<String> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(
          switch (i % 9) {
            case 0 -> Integer.toString(i);
            case 1 -> "user:" + i + ":profile";
            case 2 -> "/static/" + random.nextInt(100) + "/{" + i + "}/image.png?size=" + i;
            case 3 -> i % 5 == 0 ? longest(i) : "k" + i;
            case 4 -> randomBytes(random, 1 + random.nextInt(60)) + "!" + i;
            case 5 -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            case 6 -> "session." + "0".repeat(random.nextInt(40)) + i;
            case 7 -> "a{" + i % 100 + "}b$" + i % 77 + "$" + i;
            default -> "K" + i + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
          });
    }
    return keys;
  }

  private static String longest(int number) {
    String start = number + "-";
    return start + "x".repeat(LONGEST_KEY - start.length());
  }

  /** Any bytes that a key may have, those beyond ASCII included. */
  private static String randomBytes(Random random, int length) {
    StringBuilder bytes = new StringBuilder();
    while (bytes.length() < length) {
      char c = (char) (0x21 + random.nextInt(0x100 - 0x21));
      if (c != 0x7f) {
        bytes.append(c);
      }
    }
    return bytes.toString();
  }

  static void store(SocketAddress proxy, List<String> keys, String mark) {
    try (RawClient client = RawClient.connect(proxy).withDeadline(PATIENCE)) {
      for (int from = 0; from < keys.size(); from += AT_ONCE) {
        List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < some.size(); i++) {
          String value = mark + (from + i);
          requests.append("set ").append(some.get(i)).append(" 0 0 ").append(value.length());
          requests.append("\r\n").append(value).append("\r\n");
        }
        client.send(requests.toString()).expect("STORED\r\n".repeat(some.size()));
      }
    }
  }

  /** The keys that are not there, or with another value. */
  static List<String> missing(SocketAddress proxy, List<String> keys, String mark) {
    List<String> missing = new ArrayList<>();
    try (RawClient client = RawClient.connect(proxy).withDeadline(PATIENCE)) {
      for (int from = 0; from < keys.size(); from += AT_ONCE) {
        List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
        StringBuilder requests = new StringBuilder();
        some.forEach(key -> requests.append("get ").append(key).append("\r\n"));
        client.send(requests.toString());
        for (int i = 0; i < some.size(); i++) {
          if (!isFound(client, some.get(i), mark + (from + i))) {
            missing.add(some.get(i));
          }
        }
      }
    }
    return missing;
  }

  private static boolean isFound(RawClient client, String key, String value) {
    String line = client.readLine();
    if (line.equals("END")) {
      return false;
    }
    String found = client.readLine();
    client.expect("END\r\n");
    return line.equals("VALUE " + key + " 0 " + value.length()) && found.equals(value);
  }
}
