package io.fairlead.it;

import io.fairlead.it.OwnKeys.Item;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random meta commands and their replies. */
final class MetaCommands {
  private static final String NOT_A_NUMBER =
      "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n";

  private final ModelClient client;
  private final OwnKeys own;
  private final SharedKeys shared;
  private final Random random;

  /** What comes back with every reply but an error: the key, an opaque, both or nothing. */
  private String echoed = "";

  private boolean quiet;

  MetaCommands(ModelClient client, OwnKeys own, SharedKeys shared, Random random) {
    this.client = client;
    this.own = own;
    this.shared = shared;
    this.random = random;
  }

  void oneOfAll() {
    int kind = random.nextInt(20);
    if (kind < 3) {
      getShared(shared.randomKey(random));
    } else if (kind < 9) {
      get(own.randomKey(random));
    } else if (kind < 14) {
      set(own.randomKey(random));
    } else if (kind < 17) {
      delete(own.randomKey(random));
    } else if (kind < 19) {
      add(random.nextInt(5) == 0 ? own.randomKey(random) : own.randomCounter(random));
    } else {
      client.request("mn\r\n").reply("MN\r\n");
    }
  }

  private void getShared(String key) {
    client.request("mg " + key + " v f k\r\n");
    client.reply(connection -> shared.expectMetaValue(connection, key));
  }

  /** The flags that any command may have. */
  private String commonFlags(String key) {
    boolean echoKey = random.nextBoolean();
    boolean opaque = random.nextInt(3) == 0;
    String token = " O" + random.nextInt(1_000_000);
    echoed = (echoKey ? " k" + key : "") + (opaque ? token : "");
    quiet = random.nextInt(3) == 0;
    return (echoKey ? " k" : "") + (opaque ? token : "") + (quiet ? " q" : "");
  }

  private void get(String key) {
    Item item = own.get(key);
    boolean value = random.nextInt(4) > 0;
    client.request("mg " + key + (value ? " v" : "") + " f s" + commonFlags(key) + "\r\n");
    if (item == null) {
      client.reply(quiet ? "" : "EN" + echoed + "\r\n");
      return;
    }
    int length = item.value().length();
    String flags = " f" + item.flags() + " s" + length + echoed + "\r\n";
    if (value) {
      client.reply("VA " + length + flags).reply(item.value()).reply("\r\n");
    } else {
      client.reply("HD" + flags);
    }
  }

  private void set(String key) {
    Item item = own.get(key);
    int flags = random.nextInt(100_000);
    String value = Values.of(key, flags, Values.randomLength(random));
    switch (random.nextInt(6)) {
      case 0 -> set(key, flags, value, " ME", item == null ? value : null);
      case 1 -> set(key, flags, value, " MR", item == null ? null : value);
      case 2 -> append(key, item, value);
      default -> set(key, flags, value, "", value);
    }
  }

  /**
   * @param result what is stored afterwards; null when the request must be refused
   */
  private void set(String key, int flags, String value, String mode, @Nullable String result) {
    String line = "ms " + key + " " + value.length() + mode + " F" + flags + commonFlags(key);
    client.request(line + "\r\n").request(value).request("\r\n");
    if (result == null) {
      client.reply("NS" + echoed + "\r\n");
    } else {
      client.reply(quiet ? "" : "HD" + echoed + "\r\n");
      own.put(key, result, flags);
    }
  }

  private void append(String key, @Nullable Item item, String value) {
    if (item == null) {
      set(key, 0, value, " MA", null);
    } else if (item.value().length() + value.length() <= Values.LONGEST) {
      set(key, item.flags(), value, " MA", item.value() + value);
    }
  }

  private void delete(String key) {
    client.request("md " + key + commonFlags(key) + "\r\n");
    if (!own.remove(key)) {
      client.reply("NF" + echoed + "\r\n");
    } else if (!quiet) {
      client.reply("HD" + echoed + "\r\n");
    }
  }

  private void add(String key) {
    int delta = random.nextInt(1000);
    Item item = own.get(key);
    if (item != null && !ModelClient.isCountable(item)) {
      return;
    }
    String sum = item == null ? null : ModelClient.sum(item, delta);
    boolean value = random.nextBoolean();
    String flags = " D" + delta + (value ? " v" : "") + commonFlags(key);
    client.request("ma " + key + flags + "\r\n");
    if (item == null) {
      client.reply("NF" + echoed + "\r\n");
    } else if (sum == null) {
      client.reply(NOT_A_NUMBER);
    } else {
      own.put(key, sum, item.flags());
      String line = (value ? "VA " + sum.length() : "HD") + echoed + "\r\n";
      client.reply(quiet ? "" : line + (value ? sum + "\r\n" : ""));
    }
  }
}
