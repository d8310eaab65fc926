package io.fairlead.model;

import io.fairlead.model.Asked.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The requests of one client: random ones, of all kinds, each store and count unlike every other.
 *
 * <p>What comes back from a quiet request cannot always be told from what comes back from the next
 * one, so quiet requests stand between barriers.
 */
final class RandomPipeline {
  private static final int MOST_KEYS = 8;
  private static final int LARGE_VALUES = 2;

  /** Counters hold their own number in their last digits: one that answers for another is seen. */
  static final int COUNTER_STEP = 1_000;

  private final int client;
  private final Random random;
  private final Keys keys;
  private final Written written;
  private final long[] cas;
  private final StringBuilder bytes = new StringBuilder();
  private final List<Asked> asked = new ArrayList<>();
  private int step;
  private int large;

  RandomPipeline(int client, long seed, Keys keys, Written written) {
    this.client = client;
    this.random = new Random(seed);
    this.keys = keys;
    this.written = written;
    this.cas = new long[keys.count()];
  }

  /** A cas unique that was seen. */
  void saw(int key, long unique) {
    cas[key] = unique;
  }

  /** Makes the next so many requests, and a barrier; {@link #bytes} is what is to be sent. */
  List<Asked> next(int requests) {
    bytes.setLength(0);
    asked.clear();
    large = 0;
    for (int i = 0; i < requests; i++) {
      request();
    }
    barrier();
    return asked;
  }

  byte[] bytes() {
    return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void request() {
    int kind = random.nextInt(100);
    if (kind < 40) {
      get();
    } else if (kind < 60) {
      store();
    } else if (kind < 66) {
      count();
    } else if (kind < 70) {
      delete();
    } else if (kind < 73) {
      touch();
    } else if (kind < 82) {
      metaGet(false);
    } else if (kind < 89) {
      metaStore(false);
    } else if (kind < 91) {
      metaDelete();
    } else if (kind < 94) {
      metaCount();
    } else if (kind < 97) {
      silent();
    } else if (kind < 98) {
      barrier();
    } else {
      quietOnes();
    }
  }

  private void barrier() {
    bytes.append("mn\r\n");
    asked.add(new Asked(Kind.BARRIER, 0, false, false));
  }

  private void get() {
    String verb = random.nextInt(4) == 0 ? "gets" : random.nextInt(8) == 0 ? "gat 0" : "get";
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(MOST_KEYS) : 1;
    int[] wanted = new int[count];
    bytes.append(verb);
    for (int i = 0; i < count; i++) {
      wanted[i] = random.nextBoolean() ? keys.own(client, random) : keys.any(random);
      bytes.append(' ').append(keys.name(wanted[i]));
    }
    bytes.append("\r\n");
    asked.add(new Asked(Kind.RETRIEVAL, 0, verb.equals("gets"), false, wanted));
  }

  private int keyToWrite() {
    return random.nextInt(3) > 0 ? keys.own(client, random) : keys.shared(random);
  }

  private int nextStep(int key) {
    step++;
    written.note(client, step, key);
    return step;
  }

  private int padding() {
    int kind = random.nextInt(1_000);
    if (kind > 3 || large == LARGE_VALUES) {
      return kind < 100 ? random.nextInt(2_000) : random.nextInt(60);
    }
    large++;
    return random.nextInt(Value.LONGEST_PADDING);
  }

  private void store() {
    String[] verbs = {"set", "set", "set", "add", "replace", "append", "cas"};
    store(verbs[random.nextInt(verbs.length)], keyToWrite(), "", Kind.STORE);
  }

  private void store(String verb, int key, String last, Kind kind) {
    int now = nextStep(key);
    String name = keys.name(key);
    String value =
        verb.equals("append")
            ? Value.appended(name, client, now)
            : Value.of(name, client, now, padding());
    bytes.append(verb).append(' ').append(name).append(' ');
    bytes.append(Integer.toUnsignedString(Value.flags(client, now))).append(" 0 ");
    bytes.append(value.length());
    if (verb.equals("cas")) {
      bytes.append(' ').append(cas[key]);
    }
    bytes.append(last).append("\r\n").append(value).append("\r\n");
    asked.add(new Asked(kind, now, false, false, key));
  }

  private void count() {
    int key = keys.counter(client, random);
    if (random.nextInt(20) == 0) {
      int now = nextStep(key);
      long first = (long) now * COUNTER_STEP + key;
      String value = Long.toString(first);
      bytes.append("set ").append(keys.name(key)).append(" 0 0 ").append(value.length());
      bytes.append("\r\n").append(value).append("\r\n");
      asked.add(new Asked(Kind.STORE, now, false, false, key));
      return;
    }
    int now = nextStep(key);
    bytes.append("incr ").append(keys.name(key)).append(' ');
    bytes.append((long) now * COUNTER_STEP).append("\r\n");
    asked.add(new Asked(Kind.COUNT, now, false, false, key));
  }

  private void delete() {
    int key = keyToWrite();
    int now = nextStep(key);
    bytes.append("delete ").append(keys.name(key)).append("\r\n");
    asked.add(new Asked(Kind.DELETE, now, false, false, key));
  }

  private void touch() {
    int key = keys.any(random);
    bytes.append("touch ").append(keys.name(key)).append(" 0\r\n");
    asked.add(new Asked(Kind.TOUCH, 0, false, false, key));
  }

  private void silent() {
    int key = keyToWrite();
    switch (random.nextInt(3)) {
      case 0 -> store("set", key, " noreply", Kind.SILENT);
      case 1 -> store("append", key, " noreply", Kind.SILENT);
      default -> {
        int now = nextStep(key);
        bytes.append("delete ").append(keys.name(key)).append(" noreply\r\n");
        asked.add(new Asked(Kind.SILENT, now, false, false, key));
      }
    }
  }

  private void metaGet(boolean quiet) {
    int key = random.nextBoolean() ? keys.own(client, random) : keys.any(random);
    int now = ++step;
    bytes.append("mg ").append(keys.name(key)).append(" v f c k O").append(now);
    bytes.append(quiet ? " q\r\n" : "\r\n");
    asked.add(new Asked(Kind.META_GET, now, true, quiet, key));
  }

  private void metaStore(boolean quiet) {
    int key = keyToWrite();
    int now = nextStep(key);
    String name = keys.name(key);
    String mode = List.of("", "", " MS", " ME", " MR", " MA").get(random.nextInt(6));
    String value =
        mode.equals(" MA")
            ? Value.appended(name, client, now)
            : Value.of(name, client, now, padding());
    bytes.append("ms ").append(name).append(' ').append(value.length());
    bytes.append(" F").append(Integer.toUnsignedString(Value.flags(client, now)));
    bytes.append(" k O").append(now).append(mode).append(quiet ? " q\r\n" : "\r\n");
    bytes.append(value).append("\r\n");
    asked.add(new Asked(Kind.META_STORE, now, false, quiet, key));
  }

  private void metaDelete() {
    int key = keyToWrite();
    int now = nextStep(key);
    bytes.append("md ").append(keys.name(key)).append(" k O").append(now).append("\r\n");
    asked.add(new Asked(Kind.META_DELETE, now, false, false, key));
  }

  private void metaCount() {
    int key = keys.counter(client, random);
    int now = nextStep(key);
    bytes.append("ma ").append(keys.name(key)).append(" v k N0 J").append(key);
    bytes.append(" D").append((long) now * COUNTER_STEP).append(" O").append(now).append("\r\n");
    asked.add(new Asked(Kind.META_COUNT, now, false, false, key));
  }

  private void quietOnes() {
    barrier();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      if (random.nextBoolean()) {
        metaGet(true);
      } else {
        metaStore(true);
      }
    }
    barrier();
  }
}
