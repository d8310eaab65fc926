package io.fairlead.it;

import io.fairlead.testkit.RawClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keys that every client reads and sometimes writes, and what was written to them.
 *
 * <p>The flags of a value are its number; a number is noted before the value is sent.
 */
final class SharedKeys {
  private static final int KEYS = 8;
  private static final int LONG_ONES = 2;
  private static final int SHORT_LENGTH = 500;
  private static final int LONG_LENGTH = 60_000;

  private final List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "shared-" + i).toList();
  private final Map<String, Set<Integer>> written =
      keys.stream()
          .collect(Collectors.toMap(key -> key, key -> ConcurrentHashMap.<Integer>newKeySet()));
  private final AtomicInteger numbers = new AtomicInteger(1);

  String randomKey(Random random) {
    return keys.get(random.nextInt(KEYS));
  }

  static boolean isShared(String key) {
    return key.startsWith("shared-");
  }

  /** Gives every key its first value. */
  void writeAll(RawClient client, Random random) {
    for (String key : keys) {
      client.send(set(key, random)).expect("STORED\r\n");
    }
  }

  /** A request that writes a new value. */
  String set(String key, Random random) {
    int number = numbers.getAndIncrement();
    writtenTo(key).add(number);
    int longest = keys.indexOf(key) < LONG_ONES ? LONG_LENGTH : SHORT_LENGTH;
    String value = Values.of(key, number, random.nextInt(longest));
    return "set " + key + " " + number + " 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  /** Takes the value line of a key and its value, which must be one that was written to it. */
  void expectValue(RawClient client, String key) {
    String[] words = client.readLine().split(" ", -1);
    if (words.length != 4 || !words[0].equals("VALUE") || !words[1].equals(key)) {
      throw new AssertionError("expected a value of " + key + ", got: " + String.join(" ", words));
    }
    expectWritten(client, key, words[2], words[3]);
  }

  /** The same for the reply to {@code mg KEY v f k}. */
  void expectMetaValue(RawClient client, String key) {
    String[] words = client.readLine().split(" ", -1);
    if (words.length != 4 || !words[0].equals("VA") || !words[3].equals("k" + key)) {
      throw new AssertionError("expected a value of " + key + ", got: " + String.join(" ", words));
    }
    expectWritten(client, key, words[2].substring(1), words[1]);
  }

  private void expectWritten(RawClient client, String key, String flags, String length) {
    int number = Integer.parseInt(flags);
    if (!writtenTo(key).contains(number)) {
      throw new AssertionError("a value that was never written to " + key + ": " + number);
    }
    client.expect(Values.of(key, number, Integer.parseInt(length)) + "\r\n");
  }

  private Set<Integer> writtenTo(String key) {
    return Objects.requireNonNull(written.get(key), key);
  }
}
