package io.fairlead.model;

import java.util.Random;

/**
 * What is stored: who wrote it, at which step, under which key, and bytes that follow from these,
 * so that a reader knows every byte of it. What was appended says the same of itself.
 *
 * <pre>
 *   key|client|step|length|padding+key|client|step;+key|client|step;
 * </pre>
 */
final class Value {
  private static final int OFFSETS = 1 << 14;
  static final int LONGEST_PADDING = 90_000;
  private static final String[] WORDS = {"\r\nEND\r\n", "VALUE ", "\r\n", "STORED\r\n", "HD\r\n"};
  private static final String NOISE = noise();

  private Value() {}

  private static String noise() {
    Random random = new Random(1);
    StringBuilder noise = new StringBuilder();
    while (noise.length() < OFFSETS + LONGEST_PADDING) {
      int c = random.nextInt(256);
      if (c < 32) {
        noise.append(WORDS[random.nextInt(WORDS.length)]);
      } else {
        noise.append((char) c);
      }
    }
    return noise.toString();
  }

  static String of(String key, int client, int step, int padding) {
    int offset = offset(client, step);
    return key
        + "|"
        + client
        + "|"
        + step
        + "|"
        + padding
        + "|"
        + NOISE.substring(offset, offset + padding);
  }

  private static int offset(int client, int step) {
    return Math.floorMod(client * 31 + step * 0x9e3779b1, OFFSETS);
  }

  static String appended(String key, int client, int step) {
    return "+" + key + "|" + client + "|" + step + ";";
  }

  /** The flags that are stored with a value. */
  static int flags(int client, int step) {
    return (client << 24) | (step & 0xffffff);
  }

  /** Who wrote the value, read back from it. */
  static final class Reader {
    private final Written written;
    private final Keys keys;
    private String text = "";
    private int at;
    private int newest;
    private int base;

    Reader(Written written, Keys keys) {
      this.written = written;
      this.keys = keys;
    }

    /** The last step that changed the value; steps of different clients are not to be compared. */
    int newest() {
      return newest;
    }

    /** Flags that were stored with it. */
    int base() {
      return base;
    }

    /** Empty when it is a value that was written under this key; else what is wrong. */
    String problem(String value, int key) {
      text = value;
      at = 0;
      String name = keys.name(key);
      if (!takes(name + "|")) {
        return "a value of another key";
      }
      int client = number('|');
      int step = number('|');
      int padding = number('|');
      if (!written.has(client, step, key)) {
        return "a value that nobody wrote";
      }
      int offset = offset(client, step);
      if (padding < 0
          || padding > LONGEST_PADDING
          || !text.regionMatches(at, NOISE, offset, padding)
          || at + padding > text.length()) {
        return "bytes that were not written";
      }
      at += padding;
      newest = step;
      base = flags(client, step);
      return appendages(name, key);
    }

    private String appendages(String name, int key) {
      int last = -1;
      int lastClient = -1;
      while (at < text.length()) {
        if (!takes("+" + name + "|")) {
          return "something appended to another key";
        }
        int client = number('|');
        int step = number(';');
        if (!written.has(client, step, key)) {
          return "something appended by nobody";
        }
        if (client == lastClient && step == last) {
          return "something appended twice";
        }
        last = step;
        lastClient = client;
        newest = Math.max(newest, step);
      }
      return "";
    }

    private boolean takes(String expected) {
      boolean there = text.startsWith(expected, at);
      at += there ? expected.length() : 0;
      return there;
    }

    private int number(char end) {
      int stop = text.indexOf(end, at);
      if (stop < 0 || stop - at > 9 || stop == at) {
        return -1;
      }
      int number = 0;
      for (; at < stop; at++) {
        number = number * 10 + text.charAt(at) - '0';
      }
      at++;
      return number;
    }
  }
}
