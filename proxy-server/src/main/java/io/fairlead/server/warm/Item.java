package io.fairlead.server.warm;

import io.fairlead.server.client.Printable;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.ServerLink;
import org.jspecify.annotations.Nullable;

/**
 * What a server has under a key.
 *
 * @param ttl seconds until it expires; -1 for never
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Item(ItemKey key, String flags, long ttl, byte[] value) {
  private static final int LARGEST = 128 << 20;

  /** What {@link #read} did not find. */
  enum Absence {
    MISSING,
    /** It is there, but marked as out of date: a copy would pass for new. */
    STALE
  }

  /** An item, or why there is none. */
  record Found(@Nullable Item item, @Nullable Absence absence) {
    // Written out because a compact constructor loses the @Nullable of its parameters.
    Found(@Nullable Item item, @Nullable Absence absence) {
      this.item = item;
      this.absence = absence;
    }
  }

  /** The request to which {@link #read} is the answer. */
  static String request(ItemKey key) {
    return "mg " + key.text() + key.flag() + " f t v\r\n";
  }

  static Found read(ItemKey key, ServerLink link) throws ServerException {
    String line = link.line();
    if (line.equals("EN")) {
      return new Found(null, Absence.MISSING);
    }
    String[] words = line.split(" ", -1);
    if (!words[0].equals("VA") || words.length < 2 || !words[1].matches("\\d{1,9}")) {
      throw new ServerException("answers mg with: " + Printable.of(line));
    }
    int size = Integer.parseInt(words[1]);
    if (size > LARGEST) {
      throw new ServerException("has a value of " + size + " bytes");
    }
    byte[] value = link.bytes(size);
    link.bytes(2);
    return found(key, words, value);
  }

  private static Found found(ItemKey key, String[] words, byte[] value) throws ServerException {
    String flags = "0";
    long ttl = -1;
    for (int i = 2; i < words.length; i++) {
      String word = words[i];
      if (word.equals("X")) {
        return new Found(null, Absence.STALE);
      }
      if (word.matches("f\\d{1,10}")) {
        flags = word.substring(1);
      } else if (word.matches("t-?\\d{1,12}")) {
        ttl = Long.parseLong(word.substring(1));
      }
    }
    return ttl == 0
        ? new Found(null, Absence.MISSING) // it ends this very second
        : new Found(new Item(key, flags, ttl, value), null);
  }

  /**
   * The request that adds it.
   *
   * @param nowSeconds by the clock of this machine: a time of more than 30 days is written as a
   *     date
   */
  String addition(long nowSeconds) {
    String head = "ms " + key.text() + " " + value.length + key.flag();
    return head + " F" + flags + " T" + Expiry.written(ttl, nowSeconds) + " ME\r\n";
  }
}
