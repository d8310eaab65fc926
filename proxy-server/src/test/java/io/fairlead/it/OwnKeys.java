package io.fairlead.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a client has stored under the keys that only it uses, and the cas numbers it has seen. */
final class OwnKeys {
  private static final int KEYS = 10;
  private static final int COUNTERS = 2;

  /** A stored value; {@code version} is new with each change. */
  record Item(String value, int flags, int version) {}

  /** A cas number, and the version that had it. */
  record Seen(String cas, int version) {}

  private final List<String> keys;
  private final List<String> counters;
  private final Map<String, Item> items = new HashMap<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private int versions;

  OwnKeys(String name) {
    keys = IntStream.range(0, KEYS).mapToObj(i -> name + "-key-" + i).toList();
    counters = IntStream.range(0, COUNTERS).mapToObj(i -> name + "-counter-" + i).toList();
  }

  String randomKey(Random random) {
    return keys.get(random.nextInt(KEYS));
  }

  String randomCounter(Random random) {
    return counters.get(random.nextInt(COUNTERS));
  }

  @Nullable Item get(String key) {
    return items.get(key);
  }

  boolean has(String key) {
    return items.containsKey(key);
  }

  void put(String key, String value, int flags) {
    items.put(key, new Item(value, flags, ++versions));
  }

  /** Answers whether it was there. */
  boolean remove(String key) {
    return items.remove(key) != null;
  }

  /** Notes the number that a version of a key was seen with. */
  void see(String key, String cas, int version) {
    seen.put(key, new Seen(cas, version));
  }

  @Nullable Seen seen(String key) {
    return seen.get(key);
  }
}
