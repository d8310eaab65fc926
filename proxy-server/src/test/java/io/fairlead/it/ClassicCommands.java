package io.fairlead.it;

import io.fairlead.it.OwnKeys.Item;
import io.fairlead.it.OwnKeys.Seen;
import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random classic commands and their replies. */
final class ClassicCommands {
  private static final String NOT_A_NUMBER =
      "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n";
  private static final int MOST_KEYS = 12;
  private static final int MANY_KEYS = 150;

  private final ModelClient client;
  private final OwnKeys own;
  private final SharedKeys shared;
  private final Random random;
  private long duplicateKeys;

  ClassicCommands(ModelClient client, OwnKeys own, SharedKeys shared, Random random) {
    this.client = client;
    this.own = own;
    this.shared = shared;
    this.random = random;
  }

  long duplicateKeys() {
    return duplicateKeys;
  }

  void oneOfAll() {
    int kind = random.nextInt(76);
    if (kind < 30) {
      get("get", List.of(random.nextBoolean() ? own.randomKey(random) : shared.randomKey(random)));
    } else if (kind < 41) {
      get("get", someKeys(2 + random.nextInt(MOST_KEYS)));
    } else if (kind < 42) {
      get("get", manyKeys());
    } else if (kind < 45) {
      get("gat 0", ownKeys(1 + random.nextInt(MOST_KEYS)));
    } else if (kind < 49) {
      gets(ownKeys(1 + random.nextInt(4)));
    } else if (kind < 62) {
      store();
    } else if (kind < 66) {
      cas(own.randomKey(random));
    } else if (kind < 70) {
      incr(random.nextInt(5) == 0 ? own.randomKey(random) : own.randomCounter(random));
    } else if (kind < 73) {
      delete(own.randomKey(random));
    } else if (kind < 75) {
      touch(own.randomKey(random));
    } else {
      client.request(shared.set(shared.randomKey(random), random)).reply("STORED\r\n");
    }
  }

  private List<String> someKeys(int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(random.nextInt(3) > 0 ? own.randomKey(random) : shared.randomKey(random));
    }
    return keys;
  }

  private List<String> ownKeys(int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(own.randomKey(random));
    }
    return keys;
  }

  private List<String> manyKeys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < MANY_KEYS; i++) {
      keys.add("nobody-has-" + i);
    }
    keys.addAll(random.nextInt(MANY_KEYS), someKeys(2));
    return keys;
  }

  private void get(String verb, List<String> keys) {
    duplicateKeys += keys.size() - new HashSet<>(keys).size();
    client.request(verb + " " + String.join(" ", keys) + "\r\n");
    for (String key : keys) {
      Item item = own.get(key);
      if (SharedKeys.isShared(key)) {
        client.reply(connection -> shared.expectValue(connection, key));
      } else if (item != null) {
        client.reply(valueLine(key, item) + "\r\n").reply(item.value()).reply("\r\n");
      }
    }
    client.reply("END\r\n");
  }

  private static String valueLine(String key, Item item) {
    return "VALUE " + key + " " + item.flags() + " " + item.value().length();
  }

  private void gets(List<String> keys) {
    duplicateKeys += keys.size() - new HashSet<>(keys).size();
    client.request("gets " + String.join(" ", keys) + "\r\n");
    for (String key : keys) {
      Item item = own.get(key);
      if (item != null) {
        client.reply(connection -> takeWithCas(connection, key, item));
      }
    }
    client.reply("END\r\n");
  }

  private void takeWithCas(RawClient connection, String key, Item item) {
    connection.expect(valueLine(key, item) + " ");
    own.see(key, connection.readLine(), item.version());
    connection.expect(item.value() + "\r\n");
  }

  private void store() {
    String key = random.nextInt(8) == 0 ? own.randomCounter(random) : own.randomKey(random);
    Item item = own.get(key);
    switch (random.nextInt(10)) {
      case 0 -> storeIf("add", key, item == null);
      case 1 -> storeIf("replace", key, item != null);
      case 2, 3 -> join(random.nextBoolean() ? "append" : "prepend", key, item);
      default -> storeIf("set", key, true);
    }
  }

  private void storeIf(String verb, String key, boolean stored) {
    int flags = random.nextInt(100_000);
    String value = randomValue(key, flags);
    storage(verb, key, flags, value, "", stored ? "STORED\r\n" : "NOT_STORED\r\n");
    if (stored) {
      own.put(key, value, flags);
    }
  }

  private void join(String verb, String key, @Nullable Item item) {
    String value = randomValue(key, random.nextInt(100));
    if (item == null) {
      storage(verb, key, 1, value, "", "NOT_STORED\r\n");
    } else if (item.value().length() + value.length() <= Values.LONGEST && !isCounter(key)) {
      storage(verb, key, 1, value, "", "STORED\r\n");
      boolean append = verb.equals("append");
      own.put(key, append ? item.value() + value : value + item.value(), item.flags());
    }
  }

  private void cas(String key) {
    Seen seen = own.seen(key);
    Item item = own.get(key);
    int flags = random.nextInt(100_000);
    String value = randomValue(key, flags);
    String unique = seen == null ? "1234567890123" : seen.cas();
    if (item == null) {
      storage("cas", key, flags, value, " " + unique, "NOT_FOUND\r\n");
    } else if (seen == null || seen.version() != item.version()) {
      storage("cas", key, flags, value, " " + unique, "EXISTS\r\n");
    } else {
      storage("cas", key, flags, value, " " + unique, "STORED\r\n");
      own.put(key, value, flags);
    }
  }

  private String randomValue(String key, int flags) {
    return isCounter(key)
        ? Integer.toString(random.nextInt(1000))
        : Values.of(key, flags, Values.randomLength(random));
  }

  private static boolean isCounter(String key) {
    return key.contains("counter");
  }

  private void storage(
      String verb, String key, int flags, String value, String unique, String reply) {
    String line = verb + " " + key + " " + flags + " 0 " + value.length() + unique;
    client.request(line).request(ending(reply)).request(value).request("\r\n");
  }

  private void incr(String key) {
    int delta = random.nextInt(1000);
    Item item = own.get(key);
    if (item != null && !ModelClient.isCountable(item)) {
      return;
    }
    String sum = item == null ? null : ModelClient.sum(item, delta);
    client.request("incr " + key + " " + delta);
    if (item == null) {
      client.request(ending("NOT_FOUND\r\n"));
    } else if (sum == null) {
      client.request(ending(NOT_A_NUMBER));
    } else {
      client.request(ending(sum + "\r\n"));
      own.put(key, sum, item.flags());
    }
  }

  private void delete(String key) {
    client.request("delete " + key);
    client.request(ending(own.remove(key) ? "DELETED\r\n" : "NOT_FOUND\r\n"));
  }

  private void touch(String key) {
    client.request("touch " + key + " 0");
    client.request(ending(own.has(key) ? "TOUCHED\r\n" : "NOT_FOUND\r\n"));
  }

  /** The end of a line, sometimes with noreply, and else with the reply that must come. */
  private String ending(String reply) {
    if (random.nextInt(5) == 0) {
      return " noreply\r\n";
    }
    client.reply(reply);
    return "\r\n";
  }
}
